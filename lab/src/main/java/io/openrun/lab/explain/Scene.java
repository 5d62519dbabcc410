package io.openrun.lab.explain;

import java.util.List;

/**
 * Two buyers and one unit.
 *
 * @param title what is different this time
 * @param instances processes' worth of ledgers, each with connections and locks of its own
 * @param soldBefore units that were sold before the scene begins
 * @param oversells whether two buyers are expected to get the one unit
 * @param evidence what must have been seen, in this order, for the conclusion to be drawn
 * @param conclusion what there is to learn, if it went as expected
 */
record Scene(
        String title,
        int instances,
        Plot plot,
        int soldBefore,
        boolean oversells,
        List<Sight> evidence,
        String conclusion) {

    /** Who is held up where. */
    enum Plot {
        /** Each stops before writing and before committing, until the other has come as far or has to wait. */
        MEET,
        /** The first stops before writing for longer than their lock lasts. */
        LAPSE,
        /** Both queue while a third is being served. */
        QUEUE
    }

    /**
     * Something that was seen.
     *
     * @param lane of the first buyer, 0, or the second, 1
     * @param text a part of what was sent or came back
     */
    record Sight(int lane, String text) {

        static Sight a(String text) {
            return new Sight(0, text);
        }

        static Sight b(String text) {
            return new Sight(1, text);
        }
    }

    static Scene exact(String title, int instances, Plot plot, List<Sight> evidence, String conclusion) {
        return new Scene(title, instances, plot, 0, false, evidence, conclusion);
    }

    static Scene overselling(String title, int instances, Plot plot, List<Sight> evidence, String conclusion) {
        return new Scene(title, instances, plot, 0, true, evidence, conclusion);
    }

    /** The same, of a stock from which that many were sold before. */
    Scene after(int sold) {
        return new Scene(title, instances, plot, sold, oversells, evidence, conclusion);
    }

    /** Whether all of it was seen, in this order. */
    boolean isEvident(List<Lane> lanes, List<Script.Event> events) {
        int seen = 0;
        for (Script.Event event : events) {
            if (seen < evidence.size()
                    && event.lane() == lanes.get(evidence.get(seen).lane())
                    && event.text().contains(evidence.get(seen).text())) {
                seen++;
            }
        }
        return seen == evidence.size();
    }
}
