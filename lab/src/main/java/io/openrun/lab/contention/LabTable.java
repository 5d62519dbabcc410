package io.openrun.lab.contention;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as tables for a terminal, one for each place of the matrix. */
final class LabTable {

    private LabTable() {}

    static String of(LabResults results) {
        StringBuilder text = new StringBuilder();
        byCell(results).forEach((cell, runs) -> {
            text.append(String.format(Locale.ROOT, "%n%s%n", cell));
            text.append(String.format(
                    Locale.ROOT,
                    "%-38s%7s%10s%11s%9s%9s%9s%10s%11s%10s  %s%n",
                    "",
                    "rounds",
                    "sold/s",
                    "refused/s",
                    "p50 ms",
                    "p99 ms",
                    "max ms",
                    "oversold",
                    "commits/s.",
                    "trips/s.",
                    "audit"));
            runs.forEach(run -> text.append(row(run)));
        });
        LabResults.DurabilityFacts durability = results.durability();
        text.append(String.format(
                Locale.ROOT,
                "%nfsync %s, synchronous_commit %s, full_page_writes %s. Per sale: commits and round trips to the"
                        + " database. Latency is closed-loop, from the first%n"
                        + "request to the answer. Rates are medians of the rounds, of two their mean; counts are sums.%n",
                durability.fsync(),
                durability.synchronousCommit(),
                durability.fullPageWrites()));
        return text.toString();
    }

    /** What is wrong with a run in a few words, or that nothing is. */
    static String verdict(LabRun run) {
        List<String> wrong = new ArrayList<>();
        add(wrong, run.oversold(), "oversold");
        add(wrong, run.undersold(), "undersold");
        add(wrong, run.duplicates(), "duplicates");
        add(wrong, run.limitViolations(), "over the limit");
        add(wrong, run.sequenceGaps(), "gaps");
        add(wrong, run.lost(), "lost");
        add(wrong, run.unclaimed(), "unclaimed");
        add(wrong, run.stuck(), "stuck");
        add(wrong, run.miscounted(), "miscounted");
        String verdict = wrong.isEmpty() ? "exact" : String.join(", ", wrong);
        String faults = String.join("; ", run.faults());
        return run.rounds() == 0 ? faults : faults.isEmpty() ? verdict : verdict + "; " + faults;
    }

    private static String row(LabRun run) {
        return String.format(
                Locale.ROOT,
                "%-38s%7d%,10.0f%,11.0f%9s%9s%9s%,9d%10.2f%9.1f  %s%n",
                run.strategy(),
                run.rounds(),
                run.soldPerSecond(),
                run.refusedPerSecond(),
                millis(run, run.latencyMillis().p50()),
                millis(run, run.latencyMillis().p99()),
                millis(run, run.latencyMillis().max()),
                run.oversold(),
                run.commitsPerSale(),
                run.databaseRoundTripsPerSale(),
                verdict(run));
    }

    /** One of a run's latencies, where anybody was answered. */
    static String millis(LabRun run, double value) {
        return run.latencyMillis().wereMeasured() ? String.format(Locale.ROOT, "%,.1f", value) : "-";
    }

    private static void add(List<String> wrong, long count, String what) {
        if (count > 0) {
            wrong.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }

    private static Map<String, List<LabRun>> byCell(LabResults results) {
        Map<String, List<LabRun>> cells = new LinkedHashMap<>();
        for (LabRun run : results.runs()) {
            Cell cell = new Cell(
                    Workload.named(run.workload()).orElseThrow(), run.instances(), run.clients(), run.products());
            cells.computeIfAbsent(cell.title(), title -> new ArrayList<>()).add(run);
        }
        return cells;
    }
}
