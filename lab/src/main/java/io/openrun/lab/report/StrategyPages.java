package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.strategies.LabStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to know about each strategy: what it does, where it is right and wrong, and what was measured. */
final class StrategyPages {

    private final Findings findings;
    private final Words words;
    private final RunTables tables;
    private final Verdict counts;

    StrategyPages(Findings findings, Words words) {
        this.findings = findings;
        this.words = words;
        this.tables = new RunTables(words);
        this.counts = new Verdict(findings, words);
    }

    /**
     * A strategy's section.
     *
     * @param measured sentences; empty when it was not run
     * @param runs null when it was not run
     */
    record Section(
            String strategy,
            String standing,
            Tone tone,
            Optional<String> what,
            Optional<String> right,
            Optional<String> wrong,
            Optional<Sequence> sequence,
            List<Snippets.Snippet> snippets,
            List<String> measured,
            Optional<Table> runs) {

        boolean wasRun() {
            return runs.isPresent();
        }

        String anchor() {
            return StrategyPages.anchor(strategy);
        }
    }

    static String anchor(String strategy) {
        return "strategy-" + strategy.replaceAll("[^A-Za-z0-9-]", "_");
    }

    /** Those that ran first, then those that did not. */
    List<Section> sections() {
        List<String> ran = findings.strategies();
        return Stream.concat(
                        ran.stream(),
                        Arrays.stream(LabStrategy.values())
                                .map(LabStrategy::title)
                                .filter(title -> !ran.contains(title)))
                .map(this::section)
                .toList();
    }

    private Section section(String strategy) {
        List<LabRun> runs = findings.runsOf(strategy);
        return new Section(
                strategy,
                runs.isEmpty() ? words.get("notRun") : standing(strategy),
                runs.isEmpty() ? Tone.PLAIN : findings.standing(strategy).tone(),
                words.find("strategy." + strategy + ".what"),
                words.find("strategy." + strategy + ".right"),
                words.find("strategy." + strategy + ".wrong"),
                Sequence.of(strategy, words.language()),
                Snippets.of(strategy),
                runs.isEmpty() ? List.of() : measured(strategy, runs),
                runs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(tables.of(
                                runs,
                                "workload",
                                "instances",
                                "clients",
                                "rounds",
                                "soldPerSecond",
                                "refusedPerSecond",
                                "latencyMillis.p50",
                                "latencyMillis.p99",
                                "oversold",
                                "undersold",
                                "failed",
                                "retries",
                                "deadlocks")));
    }

    /** In a word or two: how it came out of its audits. */
    String standing(String strategy) {
        Standing standing = findings.standing(strategy);
        return switch (standing) {
            case EXACT -> words.get(standing.key());
            case LUCKY ->
                words.get(standing.key()
                        + LabStrategy.named(strategy)
                                .map(known -> "." + known.safety())
                                .orElse(""));
            case INEXACT -> words.get(findings.worst(strategy).isPresent() ? "standing.oversold" : standing.key());
        };
    }

    private List<String> measured(String strategy, List<LabRun> runs) {
        List<String> sentences = new ArrayList<>();
        Optional<LabRun> worst = findings.worst(strategy);
        if (worst.isPresent()) {
            sentences.add(words.get(
                    "measured.oversold",
                    counts.counted("unit", worst.get().oversold()),
                    words.find("workload." + worst.get().workload())
                            .orElse(worst.get().workload()),
                    counts.counted("instance", worst.get().instances()),
                    counts.counted("client", worst.get().clients()),
                    Figures.whole(worst.get().sold()),
                    counts.counted("round", worst.get().rounds())));
        } else if (findings.standing(strategy) == Standing.INEXACT) {
            runs.stream()
                    .filter(run -> !run.exact())
                    .findFirst()
                    .ifPresent(run -> sentences.add(words.get(
                            "measured.inexact",
                            words.find("workload." + run.workload()).orElse(run.workload()),
                            tables.faults(run))));
        } else {
            sentences.add(words.get("measured.exact", counts.counted("run", runs.size())));
        }
        findings.compared(strategy, Workload.SUSTAINED, findings.speedInstances())
                .filter(run -> run.soldPerSecond() > 0 && run.latencyMillis().wereMeasured())
                .ifPresent(run -> {
                    sentences.add(words.get(
                            "measured.speed",
                            Figures.rounded(run.soldPerSecond()),
                            counts.counted("client", run.clients()),
                            Figures.rounded(run.latencyMillis().p50()),
                            Figures.rounded(run.latencyMillis().p99())));
                    findings.race().stream()
                            .limit(1)
                            .filter(first -> first.soldPerSecond() > run.soldPerSecond())
                            .forEach(first -> sentences.add(words.get(
                                    "measured.slower",
                                    Words.code(first.strategy()),
                                    Figures.times(first.soldPerSecond() / run.soldPerSecond()))));
                });
        return sentences;
    }
}
