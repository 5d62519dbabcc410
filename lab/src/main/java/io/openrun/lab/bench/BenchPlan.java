package io.openrun.lab.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to measure and how long.
 *
 * @param measured time of each run, the warm-up not counted
 * @param rounds runs of each side, interleaved
 * @param shoppers distinct people; each comes to a drop once
 */
record BenchPlan(Set<Bar> bars, Duration measured, int rounds, int shoppers) {

    static final int SHOPPERS_MIN = 1_000;

    private static final Duration WARM = Duration.ofSeconds(10);

    /** Checks the bounds. */
    BenchPlan {
        between("--seconds", measured.toSeconds(), 1, 600);
        between("--rounds", rounds, 1, 9);
        between("--shoppers", shoppers, SHOPPERS_MIN, 1_000_000);
    }

    static BenchPlan of(String only, int seconds, int rounds, int shoppers) {
        return new BenchPlan(bars(only), Duration.ofSeconds(seconds), rounds, shoppers);
    }

    /** Ten seconds, or less when the runs are shorter than that. */
    Duration warm() {
        return warm(measured);
    }

    /** The same for a run that long. */
    static Duration warm(Duration measured) {
        return WARM.compareTo(measured) < 0 ? WARM : measured;
    }

    private static Set<Bar> bars(String only) {
        Set<Bar> bars = EnumSet.noneOf(Bar.class);
        for (String name : only.split(",", -1)) {
            bars.add(Bar.named(name.strip())
                    .orElseThrow(() -> new IllegalArgumentException("--only takes some of %s, not \"%s\""
                            .formatted(
                                    Arrays.stream(Bar.values()).map(Bar::name).collect(Collectors.joining(",")),
                                    name))));
        }
        return bars;
    }

    private static void between(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be %,d to %,d, was %,d".formatted(option, min, max, value));
        }
    }
}
