package io.openrun.lab.report;

import io.openrun.lab.contention.LabResults;
import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.strategies.LabStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up results, for looking at the report: nothing here was ever measured, and the figures follow a formula. */
final class SampleLab {

    static final String COMMAND = "./openrun lab --seed 424242 (a made-up sample)";

    private SampleLab() {}

    /** A whole laboratory. */
    static LabResults whole() {
        return of(runs());
    }

    static LabResults of(List<LabRun> runs) {
        return of(runs, COMMAND, "on");
    }

    static LabResults of(List<LabRun> runs, String command, String synchronousCommit) {
        return new LabResults(
                command,
                "2001-02-03T04:05:06Z",
                543.25,
                424242,
                new LabResults.MachineFacts(2, 7777, "Sample OS 1.0", "25.0.9", "384 MiB", "18.99", "7.99"),
                new LabResults.DurabilityFacts("on", synchronousCommit, "on"),
                new LabResults.MemoryFacts(1_555, new TreeMap<>(Map.of("laboratory", 155L, "database", 1_400L))),
                runs);
    }

    static List<LabRun> runs() {
        List<LabRun> runs = new ArrayList<>();
        for (LabStrategy strategy : LabStrategy.values()) {
            for (int instances : new int[] {1, 2}) {
                runs.add(run(strategy, Workload.SELL_OUT, instances, 256));
                for (int clients : new int[] {1, 32, 256, 1000}) {
                    runs.add(run(strategy, Workload.SUSTAINED, instances, clients));
                }
            }
            runs.add(run(strategy, Workload.SCATTERED, 1, 256));
            runs.add(run(strategy, Workload.MULTI_ITEM, 1, 32));
            runs.add(run(strategy, Workload.ABANDONMENT, 1, 32));
        }
        return runs;
    }

    static LabRun run(LabStrategy strategy, Workload workload, int instances, int clients) {
        return run(strategy.title(), workload, instances, clients, oversold(strategy, workload, instances));
    }

    static LabRun run(String strategy, Workload workload, int instances, int clients, long oversold) {
        return run(strategy, workload, instances, clients, oversold, 3);
    }

    static LabRun run(String strategy, Workload workload, int instances, int clients, long oversold, int rounds) {
        int place = place(strategy);
        double speed = 61.5 * Math.pow(1.61, place) * Math.pow(clients, place > 10 ? 0.15 : -0.04) / instances;
        double median = clients * 1000.0 / speed;
        boolean redis = strategy.contains("redis");
        return new LabRun(
                strategy,
                workload.title(),
                instances,
                clients,
                workload == Workload.SCATTERED ? 100 : workload == Workload.MULTI_ITEM ? 5 : 1,
                "in-process",
                rounds,
                0,
                speed,
                workload == Workload.SELL_OUT ? speed * 2.5 : 0,
                speed * 0.0625,
                new LabRun.Percentiles(median, median * 1.75, median * 2.5, median * 4.25, median * 6.5),
                Math.round(speed * 15),
                workload == Workload.SELL_OUT ? 99_000 + place : 0,
                workload == Workload.SELL_OUT ? 480 + place : 0,
                place == 3 ? 17 : 0,
                place * 5L,
                oversold,
                0,
                0,
                0,
                0,
                place * 7L,
                0,
                0,
                0,
                0,
                strategy.contains("version") || strategy.equals("optimistic") ? clients * 31L : 0,
                workload == Workload.MULTI_ITEM && place < 9 ? place * 3L : 0,
                place == 4 ? 5 : 0,
                place > 12 ? 0.0125 : 1.0,
                place > 12 ? 0.0625 : 5.0,
                redis ? 3.5 : 0,
                cpu(instances, place, redis ? 0.375 : 0),
                List.of());
    }

    private static Map<String, Double> cpu(int instances, int place, double redis) {
        Map<String, Double> cpu = new TreeMap<>(Map.of("database", 2.125 / (place + 1), "redis", redis));
        for (int i = 1; i <= instances; i++) {
            cpu.put("instance-" + i, 4.25 / (place + i));
        }
        return cpu;
    }

    private static int place(String strategy) {
        return Arrays.stream(LabStrategy.values())
                .map(LabStrategy::title)
                .toList()
                .indexOf(strategy);
    }

    private static long oversold(LabStrategy strategy, Workload workload, int instances) {
        if (workload != Workload.SELL_OUT) {
            return 0;
        }
        return switch (strategy.safety()) {
            case SAFE -> 0;
            case ONE_INSTANCE -> instances == 1 ? 0 : 1_371;
            case WHILE_THE_LOCK_LASTS -> strategy == LabStrategy.REDIS_LOCK_UNFENCED && instances == 2 ? 29 : 0;
            case UNSAFE -> 4_523L * instances - place(strategy.title()) * 1_111L;
        };
    }
}
