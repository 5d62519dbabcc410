package io.openrun.stock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gathers what the database made of one batch's requests, and tells the gate when the last one is answered. */
final class GateReport {

    /** How long the gate may repeat what the database said. */
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(1);

    private final Gates gates;
    private final StockId stock;
    private final String epoch;
    private final long startNanos;
    private final AtomicInteger open;
    private final AtomicLong unsold = new AtomicLong();
    private volatile boolean wronglyRefused;
    private volatile boolean nothingLeft;

    /**
     * A report.
     *
     * @param startNanos taken before the database could decide, so that no refusal is repeated too long
     */
    GateReport(Gates gates, StockId stock, String epoch, int requests, long startNanos) {
        this.gates = gates;
        this.stock = stock;
        this.epoch = epoch;
        this.startNanos = startNanos;
        this.open = new AtomicInteger(requests);
    }

    /** A request was refused by the gate and did not reach the database. */
    void refused() {
        closeOne();
    }

    /** The database, or whoever stands before it, has answered. */
    void answered(Ask.ToHold ask, boolean granted, @Nullable HoldResult result) {
        nothingLeft = ask.nothingLeft();
        switch (result) {
            case HoldResult.Held ignored -> wronglyRefused |= !granted;
            case HoldResult.SoldOut ignored -> {}
            case null, default -> {
                if (granted) {
                    unsold.addAndGet(ask.request.quantity());
                }
            }
        }
        closeOne();
    }

    private void closeOne() {
        if (open.decrementAndGet() == 0 && (nothingLeft || wronglyRefused || unsold.get() > 0)) {
            Duration soldOutFor =
                    nothingLeft ? LONGEST_REFUSAL.minusNanos(System.nanoTime() - startNanos) : Duration.ZERO;
            gates.report(stock, epoch, soldOutFor, wronglyRefused, unsold.get());
        }
    }
}
