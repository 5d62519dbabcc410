package io.openrun.lab.contention;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One measured run of one strategy: the median of its rounds where it is a rate (of one round the round itself, of two
 * their mean), all answers of all rounds together where it is a latency, the sum over its rounds where it counts.
 *
 * @param strategy as in {@code LabStrategy}; in multi-item orders also {@code pessimistic-one-transaction-unsorted} and
 *     {@code -sorted}
 * @param workload as in {@link Workload}
 * @param instances processes that sold at once
 * @param clients buyers at a time, over all instances
 * @param products stocks they bought from
 * @param over {@code in-process} or {@code http}
 * @param rounds how often it was measured: what every figure here rests on
 * @param missing rounds that could not be measured; {@code faults} says why
 * @param soldPerSecond sales that were acknowledged and are in the database
 * @param refusedPerSecond refusals, never added to sales
 * @param soldPerSecondSpread the fastest round less the slowest
 * @param sold acknowledged sales; of several stocks at once an order, of holds that run out a confirmed one
 * @param refused refused requests
 * @param replayed requests that came twice and were shown what the first had got
 * @param failed purchases that ended in an error, or were told to come again until they gave up or the shop closed
 * @param comebacks requests that were told to come again and did, within the same purchase
 * @param oversold units sold beyond the stock
 * @param undersold units left although somebody was refused for want of stock
 * @param duplicates holds or units that exist twice for one key, place or slot
 * @param limitViolations holders who have more than the limit
 * @param sequenceGaps places in the line that are missing
 * @param inversions pairs of neighbours, in the order of arrival at one instance, whose places are swapped
 * @param lost holds that were acknowledged and are not in the database as they were acknowledged
 * @param unclaimed holds in the database that nobody was told of
 * @param stuck units held although their time is over and everybody was told to sweep
 * @param miscounted units by which the stock's counters differ from its holds
 * @param retries decisions that had to be made again because somebody came in between
 * @param deadlocks transactions the database ended because they waited for each other
 * @param lockTimeouts waits for a lock that were given up
 * @param cpuSecondsPerThousandSales by process: {@code instance-1} and so on, which in-process hold the buyers too;
 *     {@code crowd}, the laboratory itself, over HTTP; {@code database}, {@code redis}; one that cannot be seen from
 *     here is not in it
 * @param faults why a figure of this run cannot be trusted, a sentence each; empty when all can
 */
public record LabRun(
        String strategy,
        String workload,
        int instances,
        int clients,
        int products,
        String over,
        int rounds,
        int missing,
        double soldPerSecond,
        double refusedPerSecond,
        double soldPerSecondSpread,
        Percentiles latencyMillis,
        long sold,
        long refused,
        long replayed,
        long failed,
        long comebacks,
        long oversold,
        long undersold,
        long duplicates,
        long limitViolations,
        long sequenceGaps,
        long inversions,
        long lost,
        long unclaimed,
        long stuck,
        long miscounted,
        long retries,
        long deadlocks,
        long lockTimeouts,
        double commitsPerSale,
        double databaseRoundTripsPerSale,
        double redisRoundTripsPerSale,
        Map<String, Double> cpuSecondsPerThousandSales,
        List<String> faults) {

    /** Copies what could change. */
    public LabRun {
        cpuSecondsPerThousandSales = Collections.unmodifiableMap(new LinkedHashMap<>(cpuSecondsPerThousandSales));
        faults = List.copyOf(faults);
    }

    /** From a buyer's first request to their answer, in milliseconds; to be told to come again is none. All 0 where nobody had one. */
    public record Percentiles(double p50, double p95, double p99, double p999, double max) {

        /** Whether anybody had an answer in the time that was measured. */
        public boolean wereMeasured() {
            return max > 0;
        }
    }

    /** Whether nothing happened that must not: no unit too many, nobody over the limit, nothing lost. */
    public boolean exact() {
        return oversold + undersold + duplicates + limitViolations + sequenceGaps + lost + miscounted == 0
                && unclaimed + stuck == 0;
    }
}
