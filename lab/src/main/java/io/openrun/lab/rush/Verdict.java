package io.openrun.lab.rush;

import io.openrun.lab.load.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a rush came to, read from the outside.
 *
 * @param sold purchases answered 201
 * @param refused refusals by code
 * @param oversold units sold beyond the stock, by the answers or by the shop's audit, whichever is more
 * @param duplicates units beyond a person's limit by the audit, or orders and places that two people were given
 * @param lost purchases answered 201 of which no order can be read, or no hold is left
 * @param inversions winners served out of turn, see {@link Inversions}
 * @param errors answers that should not have been, requests without one, and sums that do not add up
 * @param selloutMillis from the opening instant until every unit's buyer had their answer, -1 when units are left
 * @param sentMillis from the opening instant until the generator had sent the last request
 * @param orders the winners' orders by status
 * @param paid money received, minor units
 * @param findings a sentence for everything that is not as it should be
 */
record Verdict(
        RushPlan plan,
        int sold,
        Map<String, Long> refused,
        long oversold,
        long duplicates,
        long lost,
        long inversions,
        long errors,
        Percentiles winners,
        Percentiles all,
        double selloutMillis,
        double sentMillis,
        Map<String, Long> orders,
        long paid,
        List<String> findings) {

    /** Milliseconds from the intended send time. */
    record Percentiles(double p50, double p95, double p99, double max) {
        static Percentiles of(Latency latency) {
            return new Percentiles(
                    latency.percentileMillis(50),
                    latency.percentileMillis(95),
                    latency.percentileMillis(99),
                    latency.maxMillis());
        }
    }

    /**
     * Judges.
     *
     * @param held the audit right after the stampede, when nothing had returned to the stock yet
     * @param audit the audit at the end
     */
    static Verdict of(RushPlan plan, Stampede stampede, DropAudit held, Aftermath aftermath, DropAudit audit) {
        List<Winner> winners = stampede.winners();
        int sold = winners.size();
        long people = winners.stream().mapToInt(Winner::shopper).distinct().count();
        long orderIds = winners.stream().map(Winner::orderId).distinct().count();
        long places = winners.stream().mapToLong(Winner::sequence).distinct().count();
        long oversold = Math.max(audit.oversold(), Math.max(0, sold - plan.stock()));
        long duplicates = Math.max(
                audit.duplicates() + audit.limitViolations(), sold - Math.min(orderIds, Math.min(places, people)));
        long lost = Math.max(aftermath.missing(), Math.max(0, sold - held.held() - held.confirmed()));
        long unanswered = plan.buyers() - stampede.answeredCount();

        Findings findings = new Findings();
        stampede.failed().forEach((code, count) -> findings.add(count, code + " in the stampede"));
        findings.add(unanswered, "shoppers could not send their request");
        aftermath.errors().forEach((what, count) -> findings.add(count, what));
        findings.add(audit.sequenceGaps(), "gaps in the sequence of holds");
        findings.add(audit.miscounted(), "units by which the shop's counters differ from its holds");
        findings.add(audit.conserved() ? 0 : 1, "audit where held + confirmed + remaining is not the quantity");
        boolean toldSoldOut = !stampede.soldOutNanos().isEmpty();
        findings.add(
                toldSoldOut ? Math.max(0, plan.stock() - sold) : 0, "units unsold though people were told SOLD_OUT");
        return new Verdict(
                plan,
                sold,
                stampede.refused(),
                oversold,
                duplicates,
                lost,
                Inversions.count(winners, stampede.soldOutNanos()),
                findings.total,
                Percentiles.of(stampede.winnersLatency()),
                Percentiles.of(stampede.allLatency()),
                sold < plan.stock() ? -1 : stampede.millisUntilLastWinner(),
                stampede.millisUntilLastSent(),
                aftermath.orders(),
                aftermath.paid(),
                List.copyOf(findings.sentences));
    }

    /** Nothing oversold, nobody twice, nothing lost, nobody overtaken, no error. */
    boolean clean() {
        return oversold == 0 && duplicates == 0 && lost == 0 && inversions == 0 && errors == 0;
    }

    private static final class Findings {
        private final List<String> sentences = new ArrayList<>();
        private long total;

        void add(long count, String what) {
            if (count > 0) {
                total += count;
                sentences.add("%,d x %s".formatted(count, what));
            }
        }
    }
}
