package io.openrun.lab.contention;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Reckons how long the rest takes: by a plan at first, and ever more by how long it has taken so far. */
final class TimeLeft {

    private final Duration usualTime;
    private final ToDoubleBiFunction<Contestant, Cell> reckoned;
    private final long beganNanos = System.nanoTime();
    private double done;
    private double ahead;

    /**
     * Begins now.
     *
     * @param reckoned how many seconds a run takes, as far as one can tell beforehand
     */
    TimeLeft(LabPlan plan, ToDoubleBiFunction<Contestant, Cell> reckoned) {
        this.usualTime = plan.usualTime();
        this.reckoned = reckoned;
        this.ahead = plan.steps().stream()
                .mapToDouble(step -> all(plan.contestants(step.cell()), step.cell()))
                .sum();
    }

    /** Whether a step that can be left out fits into the usual time; if not, it is not ahead any more. */
    boolean allows(LabPlan.Step step, List<Contestant> contestants) {
        double more = all(contestants, step.cell());
        boolean fits = !step.ifTime() || elapsedSeconds() * (1 + more / Math.max(done, 1)) < usualTime.toSeconds();
        ahead -= fits ? 0 : more;
        return fits;
    }

    /** For example {@code [7:45 left]}. */
    String afterOneMore(Contestant contestant, Cell cell) {
        done += reckoned.applyAsDouble(contestant, cell);
        ahead -= reckoned.applyAsDouble(contestant, cell);
        long left = Math.max(0, Math.round(ahead * elapsedSeconds() / done));
        return "[%d:%02d left]".formatted(left / 60, left % 60);
    }

    private double all(List<Contestant> contestants, Cell cell) {
        return contestants.stream()
                .mapToDouble(contestant -> reckoned.applyAsDouble(contestant, cell))
                .sum();
    }

    private double elapsedSeconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }
}
