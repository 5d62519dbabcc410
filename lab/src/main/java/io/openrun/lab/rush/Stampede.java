package io.openrun.lab.rush;

import io.openrun.lab.load.Answer;
import io.openrun.lab.load.Answers;
import io.openrun.lab.load.Latency;
import io.openrun.lab.load.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What every shopper was answered in the stampede; filled by the generator's threads, read when they are done. */
final class Stampede implements Answers {

    private static final String SOLD_OUT = "SOLD_OUT";

    private final List<Winner> winners = new ArrayList<>();
    private final List<Long> soldOutNanos = new ArrayList<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private final Latency winnersLatency = new Latency();
    private final Latency allLatency = new Latency();
    private long openedNanos = Long.MAX_VALUE;
    private long lastSentNanos = Long.MIN_VALUE;

    @Override
    public synchronized void answered(Answer answer) {
        openedNanos = Math.min(openedNanos, answer.intendedNanos());
        lastSentNanos = Math.max(lastSentNanos, answer.sentNanos());
        allLatency.recordMicros(answer.latencyMicros());
        switch (answer.outcome()) {
            case OK -> won(answer);
            case REFUSED -> refused(answer.code(), answer.answeredNanos());
            case FAILED -> failed.merge(answer.code(), 1L, Long::sum);
            case UNKNOWN -> failed.merge(Outcome.UNKNOWN.name(), 1L, Long::sum);
        }
    }

    synchronized void refused(String code, long answeredNanos) {
        refused.merge(code, 1L, Long::sum);
        if (code.equals(SOLD_OUT)) {
            soldOutNanos.add(answeredNanos);
        }
    }

    synchronized void won(Winner winner) {
        winners.add(winner);
    }

    private void won(Answer answer) {
        winnersLatency.recordMicros(answer.latencyMicros());
        try {
            won(new Winner(
                    answer.request(),
                    answer.field("orderId"),
                    Long.parseLong(answer.field("sequence")),
                    Long.parseLong(answer.field("amount")),
                    answer.sentNanos(),
                    answer.answeredNanos()));
        } catch (NumberFormatException e) {
            failed.merge("UNREADABLE_201", 1L, Long::sum);
        }
    }

    /** Those who were answered 201, by their place in the line. */
    synchronized List<Winner> winners() {
        return winners.stream()
                .sorted(Comparator.comparingLong(Winner::sequence))
                .toList();
    }

    /** When each who was told SOLD_OUT knew it. */
    synchronized List<Long> soldOutNanos() {
        return List.copyOf(soldOutNanos);
    }

    synchronized int sold() {
        return winners.size();
    }

    synchronized long answeredCount() {
        return winners.size()
                + Stream.concat(refused.values().stream(), failed.values().stream())
                        .mapToLong(Long::longValue)
                        .sum();
    }

    synchronized Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    /** Answers that should not have been, and requests without one, by code. */
    synchronized Map<String, Long> failed() {
        return new TreeMap<>(failed);
    }

    Latency winnersLatency() {
        return winnersLatency;
    }

    Latency allLatency() {
        return allLatency;
    }

    /** From the opening instant to the last winner's answer, -1 when nobody won. */
    synchronized double millisUntilLastWinner() {
        return winners.stream()
                .mapToDouble(w -> (w.answeredNanos() - openedNanos) / 1e6)
                .max()
                .orElse(-1);
    }

    /** From the opening instant until the generator had sent the last request: its own share of the latencies. */
    synchronized double millisUntilLastSent() {
        return Math.max(0, (lastSentNanos - openedNanos) / 1e6);
    }
}
