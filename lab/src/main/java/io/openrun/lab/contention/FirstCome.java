package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Acknowledgements;
import io.openrun.lab.contention.instance.Acknowledgements.Claim;
import io.openrun.lab.contention.instance.Acknowledgements.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts neighbours, in the order in which requests for a stock came to one instance, whose places in the line are
 * swapped. Requests at different instances have no order that anyone could know.
 */
final class FirstCome {

    private FirstCome() {}

    private record Door(int instance, int stock) {}

    private record Visit(long arrival, long sequence) {}

    static long inversions(Acknowledgements told) {
        Map<Door, List<Visit>> doors = new HashMap<>();
        for (Told one : told) {
            if (one.arrival() >= 0 && one.claim() != Claim.SHOWN_AGAIN) {
                doors.computeIfAbsent(new Door(one.instance(), one.stock()), door -> new ArrayList<>())
                        .add(new Visit(one.arrival(), one.sequence()));
            }
        }
        long inversions = 0;
        for (List<Visit> visits : doors.values()) {
            visits.sort(Comparator.comparingLong(Visit::arrival));
            for (int i = 1; i < visits.size(); i++) {
                inversions += visits.get(i).sequence() < visits.get(i - 1).sequence() ? 1 : 0;
            }
        }
        return inversions;
    }
}
