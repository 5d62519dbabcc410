package io.openrun.lab.report;

import io.openrun.lab.contention.Contestant;
import io.openrun.lab.contention.LabResults;
import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.strategies.LabStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks things up in the results, and says what stands out. A laboratory that ran in part has fewer answers. */
final class Findings {

    /** Where strategies are compared, if all of them ran with it: as many as one busy instance serves at a time. */
    private static final int USUAL_CLIENTS = 256;

    private final LabResults results;
    private final List<LabRun> measured;
    private final String over;

    Findings(LabResults results) {
        this.results = results;
        this.measured = results.runs().stream().filter(run -> run.rounds() > 0).toList();
        this.over = mostCommon(measured, LabRun::over).orElse("");
    }

    LabResults results() {
        return results;
    }

    /** Over what the compared runs bought; runs over something else are only in the table of all runs. */
    String over() {
        return over;
    }

    /** Every strategy that was measured, in the order in which reports show them. */
    List<String> strategies() {
        List<String> ran = measured.stream().map(LabRun::strategy).distinct().toList();
        return Stream.concat(
                        Arrays.stream(LabStrategy.values())
                                .map(LabStrategy::title)
                                .filter(ran::contains),
                        ran.stream().filter(title -> LabStrategy.named(title).isEmpty()))
                .toList();
    }

    /** All runs of a strategy, as they were measured. */
    List<LabRun> runsOf(String strategy) {
        return measured.stream().filter(run -> run.strategy().equals(strategy)).toList();
    }

    /** The compared runs of a workload on so many instances. */
    List<LabRun> runs(Workload workload, int instances) {
        List<LabRun> runs = measured.stream()
                .filter(run -> run.workload().equals(workload.title())
                        && run.over().equals(over)
                        && run.instances() == instances)
                .toList();
        Optional<Integer> products = mostCommon(runs, LabRun::products);
        return runs.stream()
                .filter(run -> products.isPresent() && run.products() == products.get())
                .toList();
    }

    /** How many instances a workload ran on, ascending. */
    List<Integer> instances(Workload workload) {
        return measured.stream()
                .filter(run ->
                        run.workload().equals(workload.title()) && run.over().equals(over))
                .map(LabRun::instances)
                .distinct()
                .sorted()
                .toList();
    }

    /** With how many clients most strategies ran, so that they can be compared. */
    Optional<Integer> clients(Workload workload, int instances) {
        return runs(workload, instances).stream()
                .collect(Collectors.groupingBy(LabRun::clients, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Comparator.<Map.Entry<Integer, Long>>comparingLong(Map.Entry::getValue)
                        .thenComparing(entry -> entry.getKey() == USUAL_CLIENTS)
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /** One run per strategy, with the same number of clients, in the order of reports. */
    List<LabRun> compared(Workload workload, int instances) {
        int clients = clients(workload, instances).orElse(0);
        return strategies().stream()
                .flatMap(strategy -> runs(workload, instances).stream()
                        .filter(run -> run.strategy().equals(strategy) && run.clients() == clients)
                        .limit(1))
                .toList();
    }

    Optional<LabRun> compared(String strategy, Workload workload, int instances) {
        return compared(workload, instances).stream()
                .filter(run -> run.strategy().equals(strategy))
                .findFirst();
    }

    /** The fewest instances that sold from one stock that never runs out: where speed is compared. */
    int speedInstances() {
        return instances(Workload.SUSTAINED).stream().findFirst().orElse(1);
    }

    Standing standing(String strategy) {
        if (runsOf(strategy).stream().anyMatch(run -> !run.exact())) {
            return Standing.INEXACT;
        }
        return isSafe(strategy) ? Standing.EXACT : Standing.LUCKY;
    }

    /** Whether it promises to be exact on any number of instances. */
    private static boolean isSafe(String strategy) {
        return Contestant.ofSeveralRows().stream()
                        .anyMatch(contestant -> contestant.title().equals(strategy))
                || LabStrategy.named(strategy)
                        .map(known -> known.safety() == LabStrategy.Safety.SAFE)
                        .orElse(false);
    }

    /** The run in which a strategy sold most units that were not there, if it did. */
    Optional<LabRun> worst(String strategy) {
        return runsOf(strategy).stream()
                .filter(run -> run.oversold() > 0)
                .max(Comparator.comparingLong(LabRun::oversold));
    }

    /** Strategies that promise to be exact, and were not: a bug in them or in the laboratory. */
    List<String> broken() {
        return strategies().stream()
                .filter(strategy -> standing(strategy) == Standing.INEXACT && isSafe(strategy))
                .toList();
    }

    /** The compared runs from one stock that never runs out, of strategies that are exact by construction; fastest first. */
    List<LabRun> race() {
        return compared(Workload.SUSTAINED, speedInstances()).stream()
                .filter(run -> standing(run.strategy()) == Standing.EXACT && run.soldPerSecond() > 0)
                .sorted(Comparator.comparingDouble(LabRun::soldPerSecond).reversed())
                .toList();
    }

    /** Runs of which a round is missing or a figure cannot be trusted. */
    List<LabRun> doubtful() {
        return results.runs().stream().filter(run -> !run.faults().isEmpty()).toList();
    }

    boolean durable() {
        LabResults.DurabilityFacts facts = results.durability();
        return List.of(facts.fsync(), facts.synchronousCommit(), facts.fullPageWrites()).stream()
                .allMatch("on"::equals);
    }

    private static <T> Optional<T> mostCommon(List<LabRun> runs, Function<LabRun, T> what) {
        List<T> values = runs.stream().map(what).toList();
        return new ArrayList<>(values).stream().max(Comparator.comparingLong(value -> values.stream()
                .filter(value::equals)
                .count()));
    }
}
