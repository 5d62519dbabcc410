package io.openrun.lab.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts answers by outcome and reason and times them; one counter per thread, added up at the end. Only
 * answers inside the measured window make the rate; all make the counts.
 */
public final class Tally {

    private final long fromNanos;
    private final long toNanos;
    private final List<Counter> counters = new ArrayList<>();

    /** Measures the rate between two instants of {@link System#nanoTime}. */
    public Tally(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
    }

    /** A taker of answers for one thread. */
    public synchronized Answers forOneThread() {
        Counter counter = new Counter();
        counters.add(counter);
        return counter;
    }

    /** All answers with this outcome. */
    public synchronized long count(Outcome outcome) {
        return counters.stream().mapToLong(c -> c.all[slot(outcome)]).sum();
    }

    /** Answers with this outcome per second of the measured window. */
    public synchronized double perSecond(Outcome outcome) {
        long inside = counters.stream().mapToLong(c -> c.inside[slot(outcome)]).sum();
        return inside / ((toNanos - fromNanos) / 1e9);
    }

    /** Refusals and failures by their code, cut connections as {@code UNKNOWN}. */
    public synchronized Map<String, Long> reasons() {
        Map<String, Long> sum = new TreeMap<>();
        counters.forEach(c -> c.reasons.values().forEach(r -> sum.merge(r.code, r.count, Long::sum)));
        return sum;
    }

    /** Latencies of everything answered inside the measured window. */
    public synchronized Latency latency() {
        Latency sum = new Latency();
        counters.forEach(c -> sum.add(c.latency));
        return sum;
    }

    @SuppressWarnings("EnumOrdinal") // The slots live no longer than the tally.
    private static int slot(Outcome outcome) {
        return outcome.ordinal();
    }

    private static final class Reason {
        private final String code;
        private long count;

        Reason(String code) {
            this.code = code;
        }
    }

    private final class Counter implements Answers {
        private final long[] all = new long[Outcome.values().length];
        private final long[] inside = new long[Outcome.values().length];
        private final Latency latency = new Latency();
        private final Map<Integer, Reason> reasons = new TreeMap<>();
        private int lastKey;
        private Reason last = new Reason("");

        @Override
        public void answered(Answer answer) {
            Outcome outcome = answer.outcome();
            all[slot(outcome)]++;
            if (answer.answeredNanos() >= fromNanos && answer.answeredNanos() < toNanos) {
                inside[slot(outcome)]++;
                latency.recordMicros(answer.latencyMicros());
            }
            if (outcome != Outcome.OK) {
                reason(answer).count++;
            }
        }

        private Reason reason(Answer answer) {
            int key = 31 * answer.status() + answer.codeHash();
            if (key != lastKey || last.code.isEmpty()) {
                lastKey = key;
                last = reasons.computeIfAbsent(key, k -> new Reason(answer.status() == 0 ? "UNKNOWN" : answer.code()));
            }
            return last;
        }
    }
}
