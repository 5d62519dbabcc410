package io.openrun.lab.report;

import io.openrun.lab.contention.LabResults;
import io.openrun.lab.contention.LabRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the figures were measured on and how, and what they therefore do not say. */
final class Conditions {

    private final Findings findings;
    private final Words words;

    Conditions(Findings findings, Words words) {
        this.findings = findings;
        this.words = words;
    }

    /** A condition and what it was. */
    record Fact(String name, String value, Tone tone) {}

    List<Fact> facts() {
        LabResults results = findings.results();
        LabResults.MachineFacts machine = results.machine();
        LabResults.DurabilityFacts durability = results.durability();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(
                "machine",
                words.get(
                        "fact.machine.value",
                        machine.cores(),
                        Figures.whole(machine.memoryMebibytes()),
                        machine.os())));
        facts.add(fact("java", words.get("fact.java.value", machine.java(), machine.instanceHeap())));
        facts.add(fact("engines", words.get("fact.engines.value", machine.postgres(), machine.redis())));
        facts.add(new Fact(
                words.get("fact.durability"),
                "fsync %s, synchronous_commit %s, full_page_writes %s"
                        .formatted(durability.fsync(), durability.synchronousCommit(), durability.fullPageWrites()),
                findings.durable() ? Tone.GOOD : Tone.BAD));
        facts.add(fact("seed", String.valueOf(results.seed())));
        facts.add(fact("started", results.startedAt()));
        facts.add(fact("took", words.get("fact.took.value", Figures.rounded(results.tookSeconds()))));
        if (results.memory().peakMebibytes() > 0) {
            facts.add(fact(
                    "memory",
                    words.get(
                            "fact.memory.value",
                            Figures.whole(results.memory().peakMebibytes()),
                            results.memory().mebibytes().entrySet().stream()
                                    .map(part -> process(part.getKey()) + " " + Figures.whole(part.getValue()))
                                    .collect(Collectors.joining(words.get("list.separator"))))));
        }
        rounds().ifPresent(rounds -> facts.add(fact("rounds", rounds)));
        return facts;
    }

    String command() {
        return findings.results().command();
    }

    /** How it was measured, a sentence each. */
    List<String> method() {
        return numbered("method");
    }

    /** What the figures do not say, a sentence each. */
    List<String> limits() {
        return numbered("limit");
    }

    /** Why figures of some runs cannot be trusted, a sentence each. */
    List<String> doubts() {
        Verdict counts = new Verdict(findings, words);
        return findings.doubtful().stream()
                .map(run -> words.get(
                        "doubt",
                        Words.code(run.strategy()),
                        words.find("workload." + run.workload()).orElse(run.workload()),
                        counts.counted("instance", run.instances()),
                        counts.counted("client", run.clients()),
                        String.join("; ", run.faults())))
                .toList();
    }

    private String process(String name) {
        return words.find("process." + name).orElse(name);
    }

    private Fact fact(String key, String value) {
        return new Fact(words.get("fact." + key), value, Tone.PLAIN);
    }

    private Optional<String> rounds() {
        List<Integer> rounds = findings.results().runs().stream()
                .map(LabRun::rounds)
                .distinct()
                .sorted()
                .toList();
        return rounds.isEmpty()
                ? Optional.empty()
                : Optional.of(rounds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private List<String> numbered(String key) {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> words.find(key + "." + i))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
    }
}
