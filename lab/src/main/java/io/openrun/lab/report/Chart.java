package io.openrun.lab.report;

import org.jspecify.annotations.Nullable;

/**
 * A question, its answer as a picture, and the same as figures.
 *
 * @param lead how it was measured, in a sentence
 * @param drawing null when it was not run
 */
record Chart(
        String id,
        String title,
        String lead,
        @Nullable Drawing drawing,
        @Nullable Table table) {

    /** A chart whose runs are not among the results. */
    static Chart notRun(String id, String title) {
        return new Chart(id, title, "", null, null);
    }
}
