package io.openrun.lab.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Latencies in microseconds up to a minute, to three digits; for one thread. */
public final class Latency {

    private static final long MAX_MICROS = 60_000_000;

    private final Histogram histogram;

    /** None yet. */
    public Latency() {
        this(new Histogram(MAX_MICROS, 3));
    }

    private Latency(Histogram histogram) {
        this.histogram = histogram;
    }

    /** What {@link #encoded} wrote in another process. */
    public static Latency decoded(byte[] bytes) {
        try {
            return new Latency(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), MAX_MICROS));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not an encoded histogram", e);
        }
    }

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

    /** All of it, compressed as HdrHistogram does. */
    public byte[] encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(bytes.array(), histogram.encodeIntoCompressedByteBuffer(bytes));
    }
}
