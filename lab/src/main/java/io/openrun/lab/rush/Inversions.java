package io.openrun.lab.rush;

import java.util.Comparator;
import java.util.List;

/**
 * Counts winners who were served out of turn, as far as that can be proved from the outside.
 *
 * <p>Two requests that were under way at the same time have no order that anyone outside could know. But when
 * A's answer had arrived before B's request was sent, A came first beyond doubt. So winner B is an inversion
 * when there is such an A who
 *
 * <ul>
 *   <li>also won, but has a larger {@code sequence} than B, or
 *   <li>was told {@code SOLD_OUT}, although a unit was left for B. (In a stampede nothing returns to the stock:
 *       nobody pays, cancels or runs out of time before the last answer.)
 * </ul>
 *
 * Each B counts once, however many came before it. All times are of one clock in one process.
 */
final class Inversions {

    private Inversions() {}

    static int count(List<Winner> winners, List<Long> soldOutAnsweredNanos) {
        List<Winner> byAnswer = winners.stream()
                .sorted(Comparator.comparingLong(Winner::answeredNanos))
                .toList();
        List<Winner> bySending = winners.stream()
                .sorted(Comparator.comparingLong(Winner::sentNanos))
                .toList();
        long firstSoldOut =
                soldOutAnsweredNanos.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        long largestBefore = Long.MIN_VALUE;
        int before = 0;
        int inversions = 0;
        for (Winner b : bySending) {
            while (before < byAnswer.size() && byAnswer.get(before).answeredNanos() < b.sentNanos()) {
                largestBefore = Math.max(largestBefore, byAnswer.get(before++).sequence());
            }
            if (largestBefore > b.sequence() || firstSoldOut < b.sentNanos()) {
                inversions++;
            }
        }
        return inversions;
    }
}
