package io.openrun.lab.contention;

import io.openrun.lab.bench.Durability;
import io.openrun.lab.contention.LabResults.DurabilityFacts;
import io.openrun.lab.contention.LabResults.MachineFacts;
import io.openrun.lab.shop.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One whole laboratory: every contestant in every place of the matrix, round by round, A B C A B C. */
final class Lab {

    private static final String ON = "on";

    private final LabPlan plan;
    private final LabEngines engines;
    private final Measuring measuring;
    private final Instances instances;
    private final Progress progress;
    private final Clock clock;

    Lab(LabPlan plan, LabEngines engines, Instances instances, Schemas schemas, Progress progress, Clock clock) {
        this.plan = plan;
        this.engines = engines;
        this.instances = instances;
        this.measuring = new Measuring(plan, engines, instances, schemas);
        this.progress = progress;
        this.clock = clock;
    }

    LabResults run() throws IOException, SQLException, InterruptedException {
        var startedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long began = System.nanoTime();
        Durability durability = Durability.of(engines.databaseUrl());
        TimeLeft timeLeft = new TimeLeft(plan, measuring::lasts);
        List<LabRun> runs = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            progress.step("");
            progress.step(cell.title());
            runs.addAll(measure(cell, timeLeft));
        }
        return new LabResults(
                plan.command(),
                startedAt.toString(),
                Math.round((System.nanoTime() - began) / 1e8) / 10.0,
                plan.seed(),
                machine(durability),
                new DurabilityFacts(durability.fsync(), durability.synchronousCommit(), durability.fullPageWrites()),
                runs);
    }

    /** Whether all that promised to be exact was, on a database that keeps what it acknowledged. */
    static boolean isSound(LabResults results) {
        DurabilityFacts durability = results.durability();
        return List.of(durability.fsync(), durability.synchronousCommit(), durability.fullPageWrites()).stream()
                        .allMatch(ON::equals)
                && results.runs().stream()
                        .filter(run -> Contestant.named(run.strategy()).isSafe())
                        .allMatch(run -> run.exact() && run.faults().isEmpty());
    }

    private List<LabRun> measure(Cell cell, TimeLeft timeLeft) throws SQLException, InterruptedException {
        List<Contestant> contestants = plan.contestants(cell);
        List<List<Round>> rounds = new ArrayList<>();
        List<List<String>> faults = new ArrayList<>();
        contestants.forEach(contestant -> {
            rounds.add(new ArrayList<>());
            faults.add(new ArrayList<>());
        });
        for (int round = 0; round < plan.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                Contestant contestant = contestants.get(i);
                String found;
                try {
                    Round one = measuring.run(contestant, cell, round);
                    rounds.get(i).add(one);
                    found = line(Summary.of(contestant, cell, plan.over(), List.of(one), List.of()));
                } catch (IOException | RuntimeException e) {
                    // One strategy that breaks must not cost the figures of all others.
                    instances.restart();
                    found = "round %d was not measured: %s".formatted(round + 1, e.getMessage());
                    faults.get(i).add(found);
                }
                progress.step("  %-38s%s  %s".formatted(contestant.title(), found, timeLeft.afterOneMore(cell)));
            }
        }
        List<LabRun> runs = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            runs.add(Summary.of(contestants.get(i), cell, plan.over(), rounds.get(i), faults.get(i)));
        }
        return runs;
    }

    private static String line(LabRun run) {
        return "%,9.0f sold/s  p99 %,8.1f ms  %s"
                .formatted(run.soldPerSecond(), run.latencyMillis().p99(), LabTable.verdict(run));
    }

    private MachineFacts machine(Durability durability) throws IOException {
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new MachineFacts(
                Runtime.getRuntime().availableProcessors(),
                machine.getTotalMemorySize() >> 20,
                "%s %s %s".formatted(machine.getName(), machine.getVersion(), machine.getArch()),
                Runtime.version().toString(),
                InstanceProcess.HEAP,
                durability.serverVersion(),
                RedisInfo.of(engines.redisUrl()).version());
    }
}
