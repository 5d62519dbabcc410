package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.instance.Acknowledgements.Claim;
import io.openrun.lab.contention.instance.Purchase.Intent;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.load.Latency;

/** Counts what buyers of one instance were told, times it, and keeps what was acknowledged. For one thread. */
final class Tally {

    private final int instance;
    private final long fromNanos;
    private final long windowNanos;
    private final Acknowledgements acknowledgements;
    private final Latency latency = new Latency();
    private long sold;
    private long soldInside;
    private long refused;
    private long refusedInside;
    private long replayed;
    private long failed;
    private long comebacks;
    private long unknown;
    private long lastSoldNanos;
    private long lastAnswerNanos;
    private int smallestRefused;

    /**
     * Measures from {@code fromNanos} of {@link System#nanoTime}.
     *
     * @param windowNanos what is answered within makes the rates, who comes within is timed; all makes the counts
     */
    Tally(int instance, long fromNanos, long windowNanos, Acknowledgements acknowledgements) {
        this.instance = instance;
        this.fromNanos = fromNanos;
        this.windowNanos = windowNanos;
        this.acknowledgements = acknowledgements;
    }

    /** Whether something that happens then is measured. */
    boolean measures(long nanos) {
        return nanos - fromNanos >= 0 && nanos - fromNanos <= windowNanos;
    }

    /**
     * Adds what a buyer was told in the end. Being busy and failing are no answers: nobody waited for them.
     *
     * @param arrival the place of the buyer's first request in the order in which requests came, or -1
     * @param cameNanos when the buyer first asked
     */
    void answered(Purchase purchase, Receipt receipt, long arrival, long cameNanos, long answeredNanos) {
        boolean inside = measures(answeredNanos);
        if (receipt.outcome() != Outcome.BUSY && receipt.outcome() != Outcome.FAILED && measures(cameNanos)) {
            latency.recordMicros((answeredNanos - cameNanos) / 1_000);
        }
        lastAnswerNanos = Math.max(lastAnswerNanos, answeredNanos - fromNanos);
        switch (receipt.outcome()) {
            case SOLD -> {
                sold++;
                soldInside += inside ? 1 : 0;
                lastSoldNanos = Math.max(lastSoldNanos, answeredNanos - fromNanos);
            }
            case LEFT -> {}
            case SOLD_OUT -> {
                smallestRefused =
                        smallestRefused == 0 ? purchase.quantity() : Math.min(smallestRefused, purchase.quantity());
                refused++;
                refusedInside += inside ? 1 : 0;
            }
            case REFUSED -> {
                refused++;
                refusedInside += inside ? 1 : 0;
            }
            case REPLAYED -> replayed++;
            case BUSY -> failed++;
            case FAILED -> {
                failed++;
                unknown++;
            }
        }
        Claim claim = claim(purchase, receipt.outcome());
        receipt.taken().forEach(taken -> acknowledgements.add(instance, arrival, taken, claim));
    }

    /** Adds a request that was told to come again and does; its buyer has no answer yet. */
    void comesAgain() {
        comebacks++;
    }

    /** Adds requests of which nobody knows whether they took something. */
    void unanswered(long count) {
        failed += count;
        unknown += count;
    }

    /**
     * Everything so far, for another process.
     *
     * @param cut whether the time was over before the workload was
     */
    Share share(boolean cut) {
        return new Share(
                sold,
                soldInside,
                refused,
                refusedInside,
                replayed,
                failed,
                comebacks,
                unknown,
                lastSoldNanos,
                lastAnswerNanos,
                smallestRefused,
                cut,
                latency.encoded());
    }

    private static Claim claim(Purchase purchase, Outcome outcome) {
        return switch (outcome) {
            case REPLAYED -> Claim.SHOWN_AGAIN;
            case SOLD -> purchase.intent() == Intent.PAY ? Claim.CONFIRMED : Claim.THEIRS;
            default -> Claim.ONCE_HELD;
        };
    }
}
