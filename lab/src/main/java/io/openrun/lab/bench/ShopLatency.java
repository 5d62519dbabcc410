package io.openrun.lab.bench;

import io.openrun.lab.load.Latency;
import io.openrun.lab.load.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The shop sells at a steady rate, and its figure is how long 99 of 100 answers took at most, in milliseconds from the
 * intended send time.
 *
 * @param strategy what guards the stock, the default when null
 */
record ShopLatency(BenchShop shop, @Nullable String strategy, HeldRate rate) implements Contender {

    /** Fewer answers than this share of the rate, and it was not held. */
    private static final double HELD = 0.97;

    @Override
    public Sample run(Duration measured) throws IOException, SQLException, InterruptedException {
        double perSecond = rate.perSecond();
        HoldBooks books = new HoldBooks(shop.jdbcUrl(), ShopSales.SCHEMA);
        List<String> drops = shop.openDrops(HttpRun.whole(measured), strategy);
        books.checkpoint();
        OrderLag lag = OrderLag.from(shop.jdbcUrl());
        HttpRun run = HttpRun.atRate(
                shop.lane(),
                HeldRate.CONNECTIONS,
                shop.purchases(drops),
                perSecond,
                measured,
                Map.of("shop", shop.pid(), "database", shop.postgresPid()));
        long sold = run.tally().count(Outcome.OK);
        lag.awaitCaughtUp(sold);
        List<String> faults = new ArrayList<>(run.faults());
        faults.addAll(books.faults(
                drops.stream().map(UUID::fromString).toList(), sold, run.tally().count(Outcome.UNKNOWN)));
        double held = run.tally().perSecond(Outcome.OK);
        if (held < HELD * perSecond) {
            faults.add("%,.0f/s were asked for and %,.0f/s sold: the rate was not held".formatted(perSecond, held));
        }
        Latency latency = run.tally().latency();
        return new Sample(
                latency.percentileMillis(99),
                sold,
                run.tally().count(Outcome.REFUSED),
                run.tally().count(Outcome.FAILED) + run.tally().count(Outcome.UNKNOWN),
                run.tally().reasons(),
                latency.percentileMillis(50),
                latency.percentileMillis(99),
                run.usage(),
                List.of("at %,.0f/s".formatted(perSecond)),
                faults);
    }
}
