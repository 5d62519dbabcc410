package io.openrun.lab.contention;

import io.openrun.lab.load.Latency;
import java.util.List;

/**
 * What one run of one contestant found.
 *
 * @param soldPerSecond of what was answered within the measured time
 * @param faults why a figure cannot be trusted, a sentence each
 */
record Round(
        double soldPerSecond,
        double refusedPerSecond,
        Latency latency,
        long sold,
        long refused,
        long replayed,
        long failed,
        long comebacks,
        long undersold,
        long inversions,
        Books.Findings books,
        Usage used,
        List<String> faults) {

    /** Whether nothing happened that must not. */
    boolean exact() {
        return undersold
                        + books.oversold()
                        + books.duplicates()
                        + books.limitViolations()
                        + books.sequenceGaps()
                        + books.miscounted()
                        + books.lost()
                        + books.unclaimed()
                        + books.stuck()
                == 0;
    }
}
