package io.openrun.lab.contention;

import java.time.Duration;
import java.util.function.Function;

/** Reckons how long the rest takes: by a plan at first, and ever more by how long it has taken so far. */
final class TimeLeft {

    /** Opening, warming up, writing out and auditing one run. */
    private static final double AROUND_SECONDS = 0.9;

    /** A sell-out ends when all have an answer. */
    private static final double SELL_OUT_SECONDS = 2;

    private final Function<Workload, Duration> lasts;
    private final long beganNanos = System.nanoTime();
    private final double planned;
    private final int runs;
    private double done;
    private int runsDone;

    TimeLeft(LabPlan plan, Function<Workload, Duration> lasts) {
        this.lasts = lasts;
        this.planned = plan.cells().stream()
                .mapToDouble(cell -> plan.rounds() * plan.contestants(cell).size() * reckoned(cell))
                .sum();
        this.runs = plan.cells().stream()
                .mapToInt(cell -> plan.rounds() * plan.contestants(cell).size())
                .sum();
    }

    /** For example {@code [12 of 300, 7:45 left]}. */
    String afterOneMore(Cell cell) {
        done += reckoned(cell);
        runsDone++;
        double pace = (System.nanoTime() - beganNanos) / 1e9 / done;
        long left = Math.round((planned - done) * pace);
        return "[%d of %d, %d:%02d left]".formatted(runsDone, runs, left / 60, left % 60);
    }

    private double reckoned(Cell cell) {
        return AROUND_SECONDS
                + (cell.workload() == Workload.SELL_OUT
                        ? SELL_OUT_SECONDS
                        : lasts.apply(cell.workload()).toMillis() / 1e3);
    }
}
