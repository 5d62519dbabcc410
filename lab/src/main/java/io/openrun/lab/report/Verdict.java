package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer in three sentences, each computed: who oversold, who is fastest, and how late the answers are. */
final class Verdict {

    private final Findings findings;
    private final Words words;

    Verdict(Findings findings, Words words) {
        this.findings = findings;
        this.words = words;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(oversold());
        List<LabRun> race = findings.race();
        sentences.add(fastest(race));
        if (!race.isEmpty()) {
            sentences.add(late(race));
        }
        return sentences;
    }

    /** What makes the figures worth nothing, or a promise broken. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!findings.durable()) {
            warnings.add(words.get("warning.durability"));
        }
        if (!findings.broken().isEmpty()) {
            warnings.add(words.get("warning.broken", listed(findings.broken())));
        }
        if (!findings.doubtful().isEmpty()) {
            warnings.add(words.get(
                    "warning.doubtful", counted("run", findings.doubtful().size())));
        }
        return warnings;
    }

    private String oversold() {
        List<LabRun> worst = findings.strategies().stream()
                .map(findings::worst)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(LabRun::oversold).reversed())
                .toList();
        List<String> others = findings.strategies().stream()
                .filter(strategy -> findings.standing(strategy) == Standing.INEXACT
                        && findings.worst(strategy).isEmpty())
                .toList();
        String first = worst.isEmpty()
                ? words.get("verdict.nobody")
                : words.get(
                        "verdict.oversold",
                        worst.stream().map(this::tooMany).collect(Collectors.joining(words.get("list.separator"))));
        return others.isEmpty() ? first : first + " " + words.get("verdict.inexact", listed(others));
    }

    private String tooMany(LabRun run) {
        return words.get(
                "verdict.tooMany",
                Words.code(run.strategy()),
                counted("unit", run.oversold()),
                workload(run.workload()),
                counted("instance", run.instances()),
                counted("round", run.rounds()));
    }

    private String fastest(List<LabRun> race) {
        if (race.isEmpty()) {
            boolean ran = !findings.compared(Workload.SUSTAINED, findings.speedInstances())
                    .isEmpty();
            return words.get(ran ? "verdict.noneExact" : "verdict.noRace");
        }
        LabRun first = race.getFirst();
        LabRun next = race.get(Math.min(1, race.size() - 1));
        LabRun last = race.getLast();
        return words.get(
                "verdict.fastest" + (race.size() == 1 ? "" : race.size() == 2 ? ".two" : ".many"),
                Words.code(first.strategy()),
                Figures.rounded(first.soldPerSecond()),
                counted("client", first.clients()),
                counted("instance", first.instances()),
                Figures.times(first.soldPerSecond() / next.soldPerSecond()),
                Words.code(next.strategy()),
                Figures.rounded(next.soldPerSecond()),
                Figures.times(first.soldPerSecond() / last.soldPerSecond()),
                Words.code(last.strategy()),
                Figures.rounded(last.soldPerSecond()));
    }

    private String late(List<LabRun> race) {
        LabRun first = race.getFirst();
        LabRun latest = race.stream()
                .max(Comparator.comparingDouble(run -> run.latencyMillis().p99()))
                .orElse(first);
        String half = Figures.rounded(first.latencyMillis().p50());
        String most = Figures.rounded(first.latencyMillis().p99());
        return latest.equals(first)
                ? words.get("verdict.late.one", half, most)
                : words.get(
                        "verdict.late",
                        half,
                        most,
                        Words.code(latest.strategy()),
                        Figures.rounded(latest.latencyMillis().p99()));
    }

    private String listed(List<String> strategies) {
        return strategies.stream().map(Words::code).collect(Collectors.joining(words.get("list.separator")));
    }

    /** For example {@code 1 unit} or {@code 2,000 units}. */
    String counted(String noun, long count) {
        return words.get(noun + (count == 1 ? ".one" : ".many"), Figures.whole(count));
    }

    private String workload(String title) {
        return words.find("workload." + title).orElse(title);
    }
}
