package io.openrun.lab.contention;

import io.openrun.lab.contention.LabRun.Percentiles;
import io.openrun.lab.load.Latency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Makes one line of the results out of the rounds of a contestant: medians of rates, latencies of all rounds together,
 * sums of counts.
 */
final class Summary {

    private final List<Round> rounds;
    private final Latency latency = new Latency();

    private Summary(List<Round> rounds) {
        this.rounds = rounds;
        rounds.forEach(round -> latency.add(round.latency()));
    }

    /**
     * The line.
     *
     * @param faults why rounds are missing, a sentence each
     */
    static LabRun of(Contestant contestant, Cell cell, LabPlan.Over over, List<Round> rounds, List<String> faults) {
        Summary summary = new Summary(rounds);
        List<String> allFaults = new ArrayList<>(faults);
        rounds.forEach(round -> allFaults.addAll(round.faults()));
        return new LabRun(
                contestant.title(),
                cell.workload().title(),
                cell.instances(),
                cell.clients(),
                cell.products(),
                over.title(),
                rounds.size(),
                faults.size(),
                summary.median(Round::soldPerSecond),
                summary.median(Round::refusedPerSecond),
                summary.spread(Round::soldPerSecond),
                new Percentiles(
                        summary.latency.percentileMillis(50),
                        summary.latency.percentileMillis(95),
                        summary.latency.percentileMillis(99),
                        summary.latency.percentileMillis(99.9),
                        summary.latency.maxMillis()),
                summary.sum(Round::sold),
                summary.sum(Round::refused),
                summary.sum(Round::replayed),
                summary.sum(Round::failed),
                summary.sum(Round::comebacks),
                summary.sum(round -> round.books().oversold()),
                summary.sum(Round::undersold),
                summary.sum(round -> round.books().duplicates()),
                summary.sum(round -> round.books().limitViolations()),
                summary.sum(round -> round.books().sequenceGaps()),
                summary.sum(Round::inversions),
                summary.sum(round -> round.books().lost()),
                summary.sum(round -> round.books().unclaimed()),
                summary.sum(round -> round.books().stuck()),
                summary.sum(round -> round.books().miscounted()),
                summary.sum(round -> Math.round(round.used().retries())),
                summary.sum(round -> round.used().deadlocks()),
                summary.sum(round -> Math.round(round.used().lockTimeouts())),
                summary.perSale(round -> round.used().commits(), 1),
                summary.perSale(round -> round.used().databaseRoundTrips(), 1),
                summary.perSale(round -> round.used().redisRoundTrips(), 1),
                summary.cpu(cell, over),
                allFaults);
    }

    private Map<String, Double> cpu(Cell cell, LabPlan.Over over) {
        Map<String, Double> cpu = new LinkedHashMap<>();
        for (int i = 0; i < cell.instances(); i++) {
            int instance = i;
            cpu.put(
                    "instance-" + (i + 1),
                    perSale(round -> round.used().instancesCpuNanos().get(instance) / 1e9, 1_000));
        }
        if (over == LabPlan.Over.HTTP) {
            cpu.put("crowd", perSale(round -> round.used().laboratoryCpuNanos() / 1e9, 1_000));
        }
        if (rounds.stream().allMatch(round -> round.used().databaseCpuNanos() >= 0)) {
            cpu.put("database", perSale(round -> round.used().databaseCpuNanos() / 1e9, 1_000));
        }
        cpu.put("redis", perSale(round -> round.used().redisCpuSeconds(), 1_000));
        return cpu;
    }

    private long sum(ToLongFunction<Round> count) {
        return rounds.stream().mapToLong(count).sum();
    }

    /** Over all rounds together: in one of them there may have been no sale. */
    private double perSale(ToDoubleFunction<Round> used, int sales) {
        long sold = sum(Round::sold);
        double all = rounds.stream().mapToDouble(used).sum();
        return sold == 0 ? 0 : rounded(all * sales / sold);
    }

    private double median(ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return rounded(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    private double spread(ToDoubleFunction<Round> figure) {
        double max = rounds.stream().mapToDouble(figure).max().orElse(0);
        double min = rounds.stream().mapToDouble(figure).min().orElse(0);
        return rounded(max - min);
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10_000) / 10_000.0;
    }
}
