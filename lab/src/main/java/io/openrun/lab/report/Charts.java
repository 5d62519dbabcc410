package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.report.Bars.Bar;
import io.openrun.lab.report.Bars.Group;
import io.openrun.lab.report.Bars.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The questions that the report answers with a picture. */
final class Charts {

    private final Findings findings;
    private final Words words;
    private final RunTables tables;
    private final Verdict counts;
    private final Basis basis;

    Charts(Findings findings, Words words) {
        this.findings = findings;
        this.words = words;
        this.tables = new RunTables(words);
        this.counts = new Verdict(findings, words);
        this.basis = new Basis(words);
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        charts.add(
                speed("sold", Workload.SUSTAINED, "rounds", "soldPerSecond", "soldPerSecondSpread", "sold", "retries"));
        charts.add(latency());
        charts.add(oversold());
        charts.add(clients());
        charts.add(instances());
        charts.add(speed(
                "scattered", Workload.SCATTERED, "rounds", "soldPerSecond", "latencyMillis.p99", "retries", "failed"));
        charts.add(speed(
                "multi-item",
                Workload.MULTI_ITEM,
                "rounds",
                "sold",
                "soldPerSecond",
                "latencyMillis.p99",
                "deadlocks",
                "lockTimeouts"));
        charts.add(speed(
                "abandonment",
                Workload.ABANDONMENT,
                "rounds",
                "soldPerSecond",
                "latencyMillis.p99",
                "oversold",
                "undersold"));
        return charts;
    }

    /** What a sale costs; small charts that stand side by side. */
    List<Chart> costs() {
        List<LabRun> runs = findings.compared(Workload.SUSTAINED, findings.speedInstances());
        return List.of(
                cost("commitsPerSale", runs, LabRun::commitsPerSale),
                cost("databaseRoundTripsPerSale", runs, LabRun::databaseRoundTripsPerSale),
                cost("redisRoundTripsPerSale", runs, LabRun::redisRoundTripsPerSale),
                cpu(runs));
    }

    private Chart speed(String id, Workload workload, String... fields) {
        int instances = findings.instances(workload).stream().findFirst().orElse(1);
        List<LabRun> runs = findings.compared(workload, instances);
        if (runs.isEmpty()) {
            return Chart.notRun(id, title(id));
        }
        List<Group> groups = runs.stream()
                .map(run -> new Group(
                        run.strategy(), List.of(new Bar(run.soldPerSecond(), speedText(run), tone(run.strategy())))))
                .toList();
        return new Chart(
                id, title(id), lead(id, runs), new Bars(groups, List.of(), Scale.FITTING), table(runs, fields));
    }

    private String speedText(LabRun run) {
        String speed = words.get("perSecond", Figures.rounded(run.soldPerSecond()));
        return run.workload().equals(Workload.MULTI_ITEM.title()) && run.deadlocks() > 0
                ? speed + " · " + counts.counted("deadlock", run.deadlocks())
                : speed;
    }

    private Chart latency() {
        List<LabRun> runs = findings.compared(Workload.SUSTAINED, findings.speedInstances());
        if (runs.isEmpty()) {
            return Chart.notRun("latency", title("latency"));
        }
        return new Chart(
                "latency",
                title("latency"),
                lead("latency", runs),
                new Ranges(
                        runs.stream()
                                .map(run -> new Ranges.Range(run.strategy(), run.latencyMillis(), tone(run.strategy())))
                                .toList(),
                        Stream.of("p50", "p95", "p99", "p999", "max")
                                .map(p -> words.get("percentile." + p))
                                .toList()),
                table(
                        runs,
                        "rounds",
                        "latencyMillis.p50",
                        "latencyMillis.p95",
                        "latencyMillis.p99",
                        "latencyMillis.p999",
                        "latencyMillis.max"));
    }

    private Chart oversold() {
        List<Integer> instances = findings.instances(Workload.SELL_OUT);
        List<LabRun> runs = instances.stream()
                .flatMap(count -> findings.compared(Workload.SELL_OUT, count).stream())
                .toList();
        if (runs.isEmpty()) {
            return Chart.notRun("oversold", title("oversold"));
        }
        List<Group> groups = grouped(
                Workload.SELL_OUT,
                instances,
                (first, run) -> new Bar(
                        run.oversold(), Figures.whole(run.oversold()), run.oversold() > 0 ? Tone.BAD : Tone.GOOD));
        return new Chart(
                "oversold",
                title("oversold"),
                lead("oversold", runs),
                new Bars(groups, legend(instances), Scale.EVEN),
                table(runs, "instances", "clients", "rounds", "sold", "oversold", "undersold", "inversions"));
    }

    private Chart clients() {
        List<LabRun> runs = findings.runs(Workload.SUSTAINED, findings.speedInstances());
        List<Integer> columns =
                runs.stream().map(LabRun::clients).distinct().sorted().toList();
        if (columns.size() < 2) {
            return Chart.notRun("clients", title("clients"));
        }
        List<Panels.Panel> panels = findings.strategies().stream()
                .map(strategy -> {
                    TreeMap<Integer, Double> values = new TreeMap<>();
                    runs.stream()
                            .filter(run -> run.strategy().equals(strategy))
                            .forEach(run -> values.put(run.clients(), run.soldPerSecond()));
                    return new Panels.Panel(strategy, values, tone(strategy));
                })
                .filter(panel -> !panel.values().isEmpty())
                .toList();
        return new Chart(
                "clients",
                title("clients"),
                lead("clients", runs),
                new Panels(panels, columns),
                table(runs, "clients", "rounds", "soldPerSecond", "latencyMillis.p50", "latencyMillis.p99"));
    }

    private Chart instances() {
        List<Integer> instances = findings.instances(Workload.SUSTAINED);
        List<LabRun> runs = instances.stream()
                .flatMap(count -> findings.compared(Workload.SUSTAINED, count).stream())
                .toList();
        if (instances.size() < 2) {
            return Chart.notRun("instances", title("instances"));
        }
        List<Group> groups = grouped(
                Workload.SUSTAINED,
                instances,
                (first, run) -> new Bar(
                        run.soldPerSecond(),
                        words.get("perSecond", Figures.rounded(run.soldPerSecond())) + ratio(first, run),
                        tone(run.strategy())));
        return new Chart(
                "instances",
                title("instances"),
                lead("instances", runs),
                new Bars(groups, legend(instances), Scale.FITTING),
                table(runs, "instances", "clients", "rounds", "soldPerSecond", "latencyMillis.p99", "retries"));
    }

    /** How a run becomes a bar, given the first of its group. */
    private interface ToBar {
        Bar of(LabRun first, LabRun run);
    }

    private List<Group> grouped(Workload workload, List<Integer> instances, ToBar toBar) {
        return findings.strategies().stream()
                .map(strategy -> {
                    List<LabRun> runs = instances.stream()
                            .map(count -> findings.compared(strategy, workload, count))
                            .flatMap(Optional::stream)
                            .toList();
                    return new Group(
                            strategy,
                            runs.stream()
                                    .map(run -> toBar.of(runs.getFirst(), run))
                                    .toList());
                })
                .filter(group -> !group.bars().isEmpty())
                .toList();
    }

    private static String ratio(LabRun first, LabRun run) {
        return run.equals(first) || first.soldPerSecond() == 0
                ? ""
                : " ×" + Figures.times(run.soldPerSecond() / first.soldPerSecond());
    }

    /** A figure of a run. */
    private interface Value {
        double of(LabRun run);
    }

    private Chart cost(String field, List<LabRun> runs, Value value) {
        if (runs.isEmpty()) {
            return Chart.notRun(field, tables.title(field));
        }
        List<Group> groups = runs.stream()
                .map(run -> new Group(
                        run.strategy(),
                        List.of(new Bar(value.of(run), Figures.rounded(value.of(run)), tone(run.strategy())))))
                .toList();
        return new Chart(
                field, tables.title(field), "", new Bars(groups, List.of(), Scale.FITTING), table(runs, field));
    }

    private Chart cpu(List<LabRun> runs) {
        String field = "cpuSecondsPerThousandSales";
        List<String> processes = runs.stream()
                .flatMap(run -> run.cpuSecondsPerThousandSales().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        if (processes.isEmpty()) {
            return Chart.notRun(field, tables.title(field));
        }
        List<Group> groups = runs.stream()
                .map(run -> new Group(run.strategy(), cpuBars(run, processes)))
                .toList();
        List<String> legend = processes.stream()
                .map(process -> words.find("process." + process).orElse(process))
                .toList();
        return new Chart(field, tables.title(field), "", new Bars(groups, legend, Scale.STACKED), table(runs, field));
    }

    private List<Bar> cpuBars(LabRun run, List<String> processes) {
        List<Bar> bars = new ArrayList<>();
        double total = 0;
        for (String process : processes) {
            double seconds = run.cpuSecondsPerThousandSales().getOrDefault(process, 0.0);
            total += seconds;
            boolean last = bars.size() == processes.size() - 1;
            bars.add(new Bar(seconds, last ? Figures.rounded(total) : "", tone(run.strategy())));
        }
        return bars;
    }

    private Table table(List<LabRun> runs, String... fields) {
        String[] all = new String[fields.length + 1];
        all[0] = "strategy";
        System.arraycopy(fields, 0, all, 1, fields.length);
        return tables.of(runs, all);
    }

    private List<String> legend(List<Integer> instances) {
        return instances.size() < 2
                ? List.of()
                : instances.stream()
                        .map(count -> counts.counted("instance", count))
                        .toList();
    }

    private Tone tone(String strategy) {
        return findings.standing(strategy).tone();
    }

    private String title(String id) {
        return words.get("chart." + id);
    }

    private String lead(String id, List<LabRun> runs) {
        LabRun run = runs.getFirst();
        return words.get(
                "chart." + id + ".lead",
                counts.counted("client", run.clients()),
                counts.counted("instance", run.instances()),
                counts.counted("product", run.products()),
                basis.rounds(runs),
                basis.rate(runs));
    }
}
