package io.openrun.lab.contention;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What has been found so far in one place of the matrix. */
final class Standing {

    private final Cell cell;
    private final Map<Contestant, List<Round>> rounds = new LinkedHashMap<>();
    private final Map<Contestant, List<String>> faults = new LinkedHashMap<>();

    Standing(Cell cell, List<Contestant> contestants) {
        this.cell = cell;
        for (Contestant contestant : contestants) {
            rounds.put(contestant, new ArrayList<>());
            faults.put(contestant, new ArrayList<>());
        }
    }

    Cell cell() {
        return cell;
    }

    List<Contestant> contestants() {
        return List.copyOf(rounds.keySet());
    }

    void add(Contestant contestant, Round round) {
        rounds.getOrDefault(contestant, List.of()).add(round);
    }

    void addFault(Contestant contestant, String fault) {
        faults.getOrDefault(contestant, List.of()).add(fault);
    }

    Stream<LabRun> runs(LabPlan.Over over) {
        return rounds.entrySet().stream()
                .map(entry -> Summary.of(
                        entry.getKey(), cell, over, entry.getValue(), faults.getOrDefault(entry.getKey(), List.of())));
    }
}
