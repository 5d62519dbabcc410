package io.openrun.lab.bench;

import io.openrun.lab.load.Latency;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The whole shop sells at a steady rate: an open loop, latencies from the intended send time, then the audit.
 *
 * @param perSecond purchases a second
 * @param connections shoppers connected at a time
 */
record SustainedSale(BenchShop shop, double perSecond, int connections, Duration measured) {

    /** What came of it. */
    record Sustained(Sample sample, Latency latency, PayableOrders.Followed orders, Durability durability) {

        boolean clean() {
            return sample.valid() && sample.failed() == 0 && orders.missing() == 0 && durability.full();
        }

        String text() {
            return """

                    sold          %,d (%,.0f/s)
                    refused       %,d
                    failed        %,d
                    answers       mean %.2f  p50 %.2f  p95 %.2f  p99 %.2f  max %.1f ms
                    orders        payable after the 201: %s
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
                            orders.text(),
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
        sell(BenchPlan.warm(measured));
        return sell(measured);
    }

    private Sustained sell(Duration time) throws IOException, SQLException, InterruptedException {
        List<String> drops = shop.openDrops(HttpRun.whole(time), perSecond, null);
        AuditedSale sale = AuditedSale.begin(shop, drops);
        try (PayableOrders orders = new PayableOrders(shop, perSecond)) {
            HttpRun run = HttpRun.atRate(
                    shop.lane(), connections, shop.purchases(drops), perSecond, time, shop.pids(), orders::beside);
            Sample sample = sale.end(run);
            return new Sustained(sample, run.tally().latency(), orders.end(), Durability.of(shop.jdbcUrl()));
        }
    }
}
