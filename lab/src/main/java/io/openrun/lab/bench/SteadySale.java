package io.openrun.lab.bench;

import io.openrun.lab.load.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of a sale at a steady rate.
 *
 * @param sample its figure is how long 99 of 100 answers took at most, in milliseconds from the intended send time
 * @param share of what was asked for in the measured time, how much was sold in it
 */
record SteadySale(Sample sample, double share) {

    static final int CONNECTIONS = 256;

    /** Fewer sales in time than this share of what was asked for, and a rate is not held. */
    static final double HELD = 0.97;

    static SteadySale run(BenchShop shop, @Nullable String strategy, double perSecond, Duration measured)
            throws IOException, SQLException, InterruptedException {
        List<String> drops = shop.openDrops(HttpRun.whole(measured), perSecond, strategy);
        AuditedSale sale = AuditedSale.begin(shop, drops);
        HttpRun run = HttpRun.atRate(
                shop.lane(),
                CONNECTIONS,
                shop.purchases(drops),
                perSecond,
                measured,
                shop.pids(),
                UnaryOperator.identity());
        double share = run.tally().perSecond(Outcome.OK) / perSecond;
        Sample sample = sale.end(run);
        return new SteadySale(
                sample.withValue(sample.p99Millis())
                        .withNotes(List.of("at %,.0f/s, %.0f %% sold in time".formatted(perSecond, 100 * share))),
                share);
    }

    /** The sample, with a fault where the rate was not held. */
    Sample heldSample() {
        return held() ? sample : sample.withFault("the rate was not held");
    }

    boolean held() {
        return share >= HELD;
    }
}
