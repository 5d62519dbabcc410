package io.openrun.drop.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * The terms of drops, remembered in this instance so that a purchase need not read them.
 *
 * <p>Terms read after the opening cannot change and are kept. Terms read before it are kept for {@link #FRESH}; a
 * change is refused later than {@link ChangeDrop#SETTLED_BEFORE} before the opening, so no sale ever sees old ones.
 * Drops that do not exist are not remembered.
 */
@Component
public class KnownDrops {

    /** How long terms read before the opening are believed. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** From so long before an opening until so long after it terms are kept fresh, so that nobody waits for them. */
    static final Duration AROUND_OPENING = Duration.ofSeconds(5);

    /** The most drops remembered; more and the memory starts anew. */
    static final int MAX_REMEMBERED = 10_000;

    /** The most drops kept fresh at a time, those that open earliest. */
    private static final Limit MOST_AT_ONCE = Limit.of(100);

    private final Drops drops;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    /** Those who wait for terms to be read, in the order in which they came. */
    private final Map<UUID, Queue<CompletableFuture<Optional<DropTerms>>>> waiting = new ConcurrentHashMap<>();

    KnownDrops(Drops drops) {
        this.drops = drops;
    }

    /**
     * The terms if they are remembered and still true and nobody waits for them, or null: then {@link #read} or
     * {@link #load} them.
     */
    public @Nullable DropTerms remembered(UUID id) {
        return waiting.containsKey(id) ? null : remembersFresh(id);
    }

    private @Nullable DropTerms remembersFresh(UUID id) {
        var found = known.get(id);
        return found != null && found.isFresh() ? found.terms : null;
    }

    /** The terms, read from the database where they are not remembered; empty for a drop nobody may see. */
    public Optional<DropTerms> read(UUID id) {
        var remembered = remembersFresh(id);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        return fresh(id);
    }

    /** The terms as the database has them now. */
    public Optional<DropTerms> fresh(UUID id) {
        long askedAt = System.nanoTime();
        var now = drops.now();
        var terms = drops.findVisible(id).map(Drop::terms);
        terms.ifPresentOrElse(found -> remember(new Known(found, now, askedAt)), () -> forget(id));
        return terms;
    }

    /**
     * The same without waiting: one read for all who ask at once. They are answered in the order in which they asked, and
     * whoever asks meanwhile comes after them.
     *
     * @param reader runs the read; when it refuses, the future fails with {@link RejectedExecutionException}
     */
    public CompletableFuture<Optional<DropTerms>> load(UUID id, Executor reader) {
        var mine = new CompletableFuture<Optional<DropTerms>>();
        if (isFirstInLine(id, mine)) {
            try {
                reader.execute(() -> answerAll(id));
            } catch (RejectedExecutionException full) {
                eachInLine(id, one -> one.completeExceptionally(full));
            }
        }
        return mine;
    }

    private boolean isFirstInLine(UUID id, CompletableFuture<Optional<DropTerms>> mine) {
        var first = new AtomicBoolean();
        waiting.compute(id, (same, others) -> {
            first.set(others == null);
            var all = others == null ? new ArrayDeque<CompletableFuture<Optional<DropTerms>>>() : others;
            all.add(mine);
            return all;
        });
        return first.get();
    }

    private void answerAll(UUID id) {
        Consumer<CompletableFuture<Optional<DropTerms>>> answer;
        try {
            var terms = read(id);
            answer = one -> one.complete(terms);
        } catch (RuntimeException e) {
            answer = one -> one.completeExceptionally(e);
        }
        eachInLine(id, answer);
    }

    /** Until nobody is left: who comes while others are answered waits behind them. */
    private void eachInLine(UUID id, Consumer<CompletableFuture<Optional<DropTerms>>> answer) {
        var next = new ArrayList<CompletableFuture<Optional<DropTerms>>>();
        do {
            next.clear();
            waiting.computeIfPresent(id, (same, line) -> {
                next.addAll(line);
                line.clear();
                return next.isEmpty() ? null : line;
            });
            next.forEach(answer);
        } while (!next.isEmpty());
    }

    /** Reads what opens in a moment or has just opened, whether or not anybody has asked for it. */
    void knowOpenings() {
        long askedAt = System.nanoTime();
        var now = drops.now();
        drops.findOpening(now.minus(AROUND_OPENING), now.plus(AROUND_OPENING), MOST_AT_ONCE)
                .forEach(drop -> remember(new Known(drop.terms(), now, askedAt)));
    }

    /** Forgets a drop that has changed. */
    void forget(UUID id) {
        known.remove(id);
    }

    private void remember(Known found) {
        if (known.size() >= MAX_REMEMBERED) {
            known.clear();
        }
        known.put(found.terms.id(), found);
    }

    /**
     * @param databaseTime when they were read
     * @param askedAt the same moment, or a little before, by {@link System#nanoTime}
     */
    private record Known(DropTerms terms, Instant databaseTime, long askedAt) {

        boolean isFresh() {
            return isForGood() || ageNanos() < FRESH.toNanos();
        }

        private boolean isForGood() {
            return !databaseTime.isBefore(terms.opensAt());
        }

        private long ageNanos() {
            return System.nanoTime() - askedAt;
        }
    }
}
