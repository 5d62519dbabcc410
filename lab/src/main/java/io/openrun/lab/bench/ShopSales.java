package io.openrun.lab.bench;

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
 * The whole shop sells over HTTP: a burst on fresh drops, then the orders catch up, then the audit.
 *
 * @param strategy what guards the stock, the default when null
 */
record ShopSales(BenchShop shop, int connections, @Nullable String strategy) implements Contender {

    static final String SCHEMA = "drops";

    @Override
    public Sample run(Duration measured) throws IOException, SQLException, InterruptedException {
        HoldBooks books = new HoldBooks(shop.jdbcUrl(), SCHEMA);
        List<String> drops = shop.openDrops(HttpRun.whole(measured), strategy);
        books.checkpoint();
        OrderLag lag = OrderLag.from(shop.jdbcUrl());
        HttpRun run = HttpRun.go(
                shop.lane(),
                connections,
                shop.purchases(drops),
                measured,
                Map.of("shop", shop.pid(), "database", shop.postgresPid()));
        long sold = run.tally().count(Outcome.OK);
        OrderLag.Caught caught = lag.awaitCaughtUp(sold);
        List<String> faults = new ArrayList<>(run.faults());
        faults.addAll(books.faults(
                drops.stream().map(UUID::fromString).toList(), sold, run.tally().count(Outcome.UNKNOWN)));
        return Sample.of(run.tally(), Outcome.OK, run.usage(), List.of(caught.sentence()), faults);
    }
}
