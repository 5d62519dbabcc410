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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        try (ResidentMemory memory = new ResidentMemory(this::processes)) {
            return run(memory);
        }
    }

    private Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("laboratory", ProcessHandle.current().pid());
        processes.putAll(instances.running());
        engines.databasePid().ifPresent(pid -> processes.put("database", pid));
        engines.redisPid().ifPresent(pid -> processes.put("redis", pid));
        return processes;
    }

    private LabResults run(ResidentMemory memory) throws IOException, SQLException, InterruptedException {
        var startedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long began = System.nanoTime();
        Durability durability = Durability.of(engines.databaseUrl());
        List<Cell> cells = plan.cells();
        List<Standing> standings = cells.stream()
                .map(cell -> new Standing(cell, plan.contestants(cell)))
                .toList();
        TimeLeft timeLeft = new TimeLeft(plan, measuring::reckonedSeconds);
        for (LabPlan.Step step : plan.steps()) {
            Standing standing = standings.get(cells.indexOf(step.cell()));
            if (timeLeft.allows(step, standing.contestants())) {
                progress.step("");
                progress.step("%s, round %d".formatted(step.cell().title(), step.round() + 1));
                measure(standing, step.round(), timeLeft);
            }
        }
        List<LabRun> runs = standings.stream()
                .flatMap(standing -> standing.runs(plan.over()))
                .toList();
        return new LabResults(
                plan.command() + engines.options(),
                startedAt.toString(),
                Math.round((System.nanoTime() - began) / 1e8) / 10.0,
                plan.seed(),
                machine(durability),
                new DurabilityFacts(durability.fsync(), durability.synchronousCommit(), durability.fullPageWrites()),
                memory.peak(),
                runs);
    }

    /** Whether all promises were kept, everything was measured, and the database keeps what it acknowledges. */
    static boolean isSound(LabResults results) {
        DurabilityFacts durability = results.durability();
        return List.of(durability.fsync(), durability.synchronousCommit(), durability.fullPageWrites()).stream()
                        .allMatch(ON::equals)
                && results.runs().stream().allMatch(run -> run.missing() == 0)
                && results.runs().stream()
                        .filter(run -> Contestant.named(run.strategy()).isSafe())
                        .allMatch(run -> run.exact() && run.faults().isEmpty());
    }

    private void measure(Standing standing, int round, TimeLeft timeLeft) throws SQLException, InterruptedException {
        Cell cell = standing.cell();
        for (Contestant contestant : standing.contestants()) {
            String found;
            try {
                Round one = measuring.run(contestant, cell, round);
                standing.add(contestant, one);
                found = line(Summary.of(contestant, cell, plan.over(), List.of(one), List.of()));
            } catch (IOException | SQLException | RuntimeException e) {
                // One strategy that breaks must not cost the figures of all others.
                engines.requireDatabase();
                instances.restart();
                found = "round %d was not measured: %s".formatted(round + 1, e.getMessage());
                standing.addFault(contestant, found);
            }
            progress.step(
                    "  %-38s%s  %s".formatted(contestant.title(), found, timeLeft.afterOneMore(contestant, cell)));
        }
    }

    private static String line(LabRun run) {
        return "%,9.0f sold/s  p99 %8s ms  %s"
                .formatted(
                        run.soldPerSecond(),
                        LabTable.millis(run, run.latencyMillis().p99()),
                        LabTable.verdict(run));
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
