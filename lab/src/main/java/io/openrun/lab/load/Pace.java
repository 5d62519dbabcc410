package io.openrun.lab.load;

/** When requests are sent. */
public sealed interface Pace {

    /** When request number {@code index} should leave; closed loop: as soon as a connection is free. */
    long intendedNanos(long startNanos, int index);

    /** Every connection sends its next request as soon as its last was answered: finds the peak. */
    record ClosedLoop() implements Pace {
        @Override
        public long intendedNanos(long startNanos, int index) {
            return Long.MIN_VALUE;
        }
    }

    /** Everyone wants to send at the start: the opening instant. Latency counts from the start. */
    record AllAtOnce() implements Pace {
        @Override
        public long intendedNanos(long startNanos, int index) {
            return startNanos;
        }
    }

    /**
     * Open loop: requests are due at a steady rate whatever the server does, and latency counts from the due
     * time, so that a stalled server cannot hide the waiting (no coordinated omission).
     *
     * @param perSecond requests a second, above zero
     */
    record Rate(double perSecond) implements Pace {
        /** Checks the bounds. */
        public Rate {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("perSecond must be above zero, was " + perSecond);
            }
        }

        @Override
        public long intendedNanos(long startNanos, int index) {
            return startNanos + (long) (index * (1e9 / perSecond));
        }
    }
}
