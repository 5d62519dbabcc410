package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.report.Table.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a report says, before it is set as a page or as Markdown. */
final class Content {

    private final Findings findings;
    private final Words words;
    private final StrategyPages pages;

    Content(Findings findings, Words words) {
        this.findings = findings;
        this.words = words;
        this.pages = new StrategyPages(findings, words);
    }

    Words words() {
        return words;
    }

    Verdict verdict() {
        return new Verdict(findings, words);
    }

    Conditions conditions() {
        return new Conditions(findings, words);
    }

    Charts charts() {
        return new Charts(findings, words);
    }

    List<StrategyPages.Section> strategies() {
        return pages.sections();
    }

    /** How the summary's figures were measured. */
    String summaryLead() {
        return findings.compared(Workload.SUSTAINED, findings.speedInstances()).stream()
                .findFirst()
                .map(run -> words.get("summary.lead", verdict().counted("client", run.clients())))
                .orElse("");
    }

    /** One row per strategy: may I use it, how fast, how late, at what price. */
    Table summary() {
        RunTables tables = new RunTables(words);
        List<String> headers = Stream.concat(
                        Stream.of("strategy", "standing", "oversold").map(column -> words.get("summary." + column)),
                        Stream.of(
                                        "rounds",
                                        "soldPerSecond",
                                        "latencyMillis.p50",
                                        "latencyMillis.p99",
                                        "databaseRoundTripsPerSale",
                                        "redisRoundTripsPerSale")
                                .map(tables::title))
                .toList();
        List<String> strategies = findings.strategies();
        List<String> sellingOneByOne = strategies.stream()
                .filter(strategy -> findings.runsOf(strategy).stream()
                        .anyMatch(run -> !run.workload().equals(Workload.MULTI_ITEM.title())))
                .toList();
        return new Table(
                headers,
                (sellingOneByOne.isEmpty() ? strategies : sellingOneByOne)
                        .stream().map(this::row).toList());
    }

    private List<Cell> row(String strategy) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(Words.code(strategy)).to(StrategyPages.anchor(strategy)));
        row.add(Cell.text(pages.standing(strategy))
                .tone(findings.standing(strategy).tone()));
        row.add(Cell.fault(findings.worst(strategy).map(LabRun::oversold).orElse(0L)));
        Optional<LabRun> run = findings.compared(strategy, Workload.SUSTAINED, findings.speedInstances());
        Stream.<Function<LabRun, Cell>>of(
                        r -> Cell.figure(r.rounds()),
                        r -> Cell.figure(r.soldPerSecond()),
                        r -> Cell.latency(r, r.latencyMillis().p50()),
                        r -> Cell.latency(r, r.latencyMillis().p99()),
                        r -> Cell.figure(r.databaseRoundTripsPerSale()),
                        r -> Cell.figure(r.redisRoundTripsPerSale()))
                .forEach(cell -> row.add(run.map(cell).orElse(Cell.NONE)));
        return row;
    }

    /** Every run with every field, by workload. */
    Map<String, Table> everything() {
        RunTables tables = new RunTables(words);
        Map<String, Table> everything = new LinkedHashMap<>();
        findings.results().runs().stream()
                .map(LabRun::workload)
                .distinct()
                .forEach(workload -> everything.put(
                        words.find("workload." + workload).orElse(workload),
                        tables.all(findings.results().runs().stream()
                                .filter(run -> run.workload().equals(workload))
                                .toList())));
        return everything;
    }
}
