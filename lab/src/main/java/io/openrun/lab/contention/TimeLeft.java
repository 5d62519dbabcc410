package io.openrun.lab.contention;

import java.time.Duration;
import java.util.function.Function;

/** Reckons how long the rest takes: by a plan at first, and ever more by how long it has taken so far. */
final class TimeLeft {

    /** Opening, warming up, writing out and auditing one run. */
    private static final double AROUND_SECONDS = 1;

    /** A sell-out ends when all have an answer. */
    private static final double SELL_OUT_SECONDS = 1;

    private final LabPlan plan;
    private final Function<Workload, Duration> lasts;
    private final long beganNanos = System.nanoTime();
    private final double onePass;
    private double done;

    TimeLeft(LabPlan plan, Function<Workload, Duration> lasts) {
        this.plan = plan;
        this.lasts = lasts;
        this.onePass = plan.cells().stream()
                .mapToDouble(cell -> plan.contestants(cell).size() * reckoned(cell))
                .sum();
    }

    /** Whether one more round of that place fits into the time there is. */
    boolean allows(Cell cell) {
        double more = plan.contestants(cell).size() * reckoned(cell);
        return elapsedSeconds() * (1 + more / done) < plan.repeatsWithin().toSeconds();
    }

    /** For example {@code [7:45 left]}: the first pass is made whole, and repeats stop when their time is over. */
    String afterOneMore(Cell cell) {
        done += reckoned(cell);
        double pace = elapsedSeconds() / done;
        double byPace = (plan.roundsMax() * onePass - done) * pace;
        double byClock = Math.max(plan.repeatsWithin().toSeconds() - elapsedSeconds(), (onePass - done) * pace);
        double left = Math.max(0, Math.min(byPace, byClock));
        return "[%d:%02d left]".formatted(Math.round(left) / 60, Math.round(left) % 60);
    }

    private double elapsedSeconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    private double reckoned(Cell cell) {
        return AROUND_SECONDS
                + (cell.workload() == Workload.SELL_OUT
                        ? SELL_OUT_SECONDS
                        : lasts.apply(cell.workload()).toMillis() / 1e3);
    }
}
