package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import java.util.IntSummaryStatistics;
import java.util.List;

/** Says how many rounds figures rest on, so that one round is never taken for a median. */
final class Basis {

    private final Words words;

    Basis(Words words) {
        this.words = words;
    }

    /** How many: {@code 3 rounds}, or {@code 1 to 3 rounds} where they differ. */
    String rounds(List<LabRun> runs) {
        IntSummaryStatistics rounds = runs.stream().mapToInt(LabRun::rounds).summaryStatistics();
        return rounds.getMin() == rounds.getMax()
                ? words.get(rounds.getMax() == 1 ? "round.one" : "round.many", Figures.whole(rounds.getMax()))
                : words.get("round.mixed", Figures.whole(rounds.getMin()), Figures.whole(rounds.getMax()));
    }

    /** What a rate is of them. */
    String rate(List<LabRun> runs) {
        IntSummaryStatistics rounds = runs.stream().mapToInt(LabRun::rounds).summaryStatistics();
        String key = rounds.getMin() != rounds.getMax()
                ? "basis.mixed"
                : rounds.getMax() == 1 ? "basis.one" : rounds.getMax() == 2 ? "basis.two" : "basis.many";
        return words.get(key, rounds(runs));
    }
}
