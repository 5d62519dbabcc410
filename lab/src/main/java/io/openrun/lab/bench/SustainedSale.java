package io.openrun.lab.bench;

import io.openrun.lab.load.Latency;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.load.Tally;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The whole shop sells at a steady rate: an open loop, latencies from the intended send time, then the audit.
 *
 * @param perSecond purchases a second
 * @param connections shoppers connected at a time
 */
record SustainedSale(BenchShop shop, double perSecond, int connections, Duration measured) {

    /** Selling starts slowly on a machine that was just started; nobody counts the first seconds. */
    private static final Duration WARM = Duration.ofSeconds(10);

    /** What came of it. */
    record Sustained(Sample sample, Latency latency, Durability durability) {

        boolean clean() {
            return sample.valid() && sample.failed() == 0 && durability.full();
        }

        String text() {
            return """

                    sold          %,d (%,.0f/s)
                    refused       %,d
                    failed        %,d
                    milliseconds  mean %.2f  p50 %.2f  p95 %.2f  p99 %.2f  max %.1f
                    machine       %s
                    %s
                    fsync %s, synchronous_commit %s, full_page_writes %s
                    %s
                    """.formatted(
                            sample.sold(),
                            sample.value(),
                            sample.refused(),
                            sample.failed(),
                            latency.meanMillis(),
                            latency.percentileMillis(50),
                            latency.percentileMillis(95),
                            latency.percentileMillis(99),
                            latency.maxMillis(),
                            sample.machine(),
                            String.join("; ", sample.notes()),
                            durability.fsync(),
                            durability.synchronousCommit(),
                            durability.fullPageWrites(),
                            sample.valid()
                                    ? "the audit passed: every sale is in the database, once"
                                    : "NO FIGURE: " + String.join("; ", sample.faults()));
        }
    }

    Sustained run() throws IOException, SQLException, InterruptedException {
        sell(WARM);
        return sell(measured);
    }

    private Sustained sell(Duration time) throws IOException, SQLException, InterruptedException {
        HoldBooks books = new HoldBooks(shop.jdbcUrl(), ShopSales.SCHEMA);
        List<String> drops = shop.openDrops(HttpRun.whole(time), null);
        books.checkpoint();
        OrderLag lag = OrderLag.from(shop.jdbcUrl());
        HttpRun run = HttpRun.atRate(
                shop.lane(),
                connections,
                shop.purchases(drops),
                perSecond,
                time,
                Map.of("shop", shop.pid(), "database", shop.postgresPid()));
        Tally tally = run.tally();
        long sold = tally.count(Outcome.OK);
        OrderLag.Caught caught = lag.awaitCaughtUp(sold);
        List<String> faults = new ArrayList<>(run.faults());
        faults.addAll(books.faults(drops.stream().map(UUID::fromString).toList(), sold, tally.count(Outcome.UNKNOWN)));
        Sample sample = Sample.of(tally, Outcome.OK, run.usage(), List.of(caught.sentence()), faults);
        return new Sustained(sample, tally.latency(), Durability.of(shop.jdbcUrl()));
    }
}
