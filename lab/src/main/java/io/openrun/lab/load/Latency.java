package io.openrun.lab.load;

import org.HdrHistogram.Histogram;

/** Latencies in microseconds up to a minute, to three digits; for one thread. */
public final class Latency {

    private static final long MAX_MICROS = 60_000_000;

    private final Histogram histogram = new Histogram(MAX_MICROS, 3);

    /** Adds one; what took longer than a minute counts as a minute. */
    public void recordMicros(long micros) {
        histogram.recordValue(Math.clamp(micros, 0, MAX_MICROS));
    }

    /** Adds all of another. */
    public void add(Latency other) {
        histogram.add(other.histogram);
    }

    /** How many were recorded. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** The latency that the given percentage did not exceed, in milliseconds with microseconds; 0 for none. */
    public double percentileMillis(double percentile) {
        return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** The longest, in milliseconds; 0 for none. */
    public double maxMillis() {
        return count() == 0 ? 0 : histogram.getMaxValue() / 1_000.0;
    }

    /** The mean, in milliseconds; 0 for none. */
    public double meanMillis() {
        return histogram.getMean() / 1_000.0;
    }
}
