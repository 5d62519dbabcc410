package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of figures, as the page and the Markdown file both show them. */
record Table(List<String> headers, List<List<Cell>> rows) {

    Table {
        headers = List.copyOf(headers);
        rows = List.copyOf(rows);
    }

    /**
     * One cell.
     *
     * @param text rich text
     * @param anchor of the section that tells more, if there is one
     */
    record Cell(
            String text,
            boolean numeric,
            Tone tone,
            @Nullable String anchor) {

        /** Nothing was measured. */
        static final Cell NONE = figure("–");

        static Cell text(String text) {
            return new Cell(text, false, Tone.PLAIN, null);
        }

        static Cell figure(String text) {
            return new Cell(text, true, Tone.PLAIN, null);
        }

        static Cell figure(double value) {
            return figure(Figures.rounded(value));
        }

        /** One of a run's latencies, where anybody was answered. */
        static Cell latency(LabRun run, double millis) {
            return run.latencyMillis().wereMeasured() ? figure(millis) : NONE;
        }

        static Cell count(long value) {
            return figure(Figures.whole(value));
        }

        /** A count of what must not happen. */
        static Cell fault(long count) {
            return new Cell(Figures.whole(count), true, count > 0 ? Tone.BAD : Tone.PLAIN, null);
        }

        Cell tone(Tone other) {
            return new Cell(text, numeric, other, anchor);
        }

        Cell to(String section) {
            return new Cell(text, numeric, tone, section);
        }
    }
}
