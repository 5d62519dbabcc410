package io.openrun.drop.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
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

    /** The most drops remembered; more and the memory starts anew. */
    static final int MAX_REMEMBERED = 10_000;

    private final Drops drops;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();
    private final Map<UUID, CompletableFuture<Optional<DropTerms>>> underWay = new ConcurrentHashMap<>();

    KnownDrops(Drops drops) {
        this.drops = drops;
    }

    /** The terms if they are remembered and still true, or null: then {@link #read} or {@link #load} them. */
    public @Nullable DropTerms remembered(UUID id) {
        var found = known.get(id);
        return found != null && found.isFresh() ? found.terms : null;
    }

    /** The terms, read from the database where they are not remembered; empty for a drop nobody may see. */
    public Optional<DropTerms> read(UUID id) {
        var remembered = remembered(id);
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
        terms.ifPresent(found -> remember(found, now, askedAt));
        return terms;
    }

    /**
     * The same without waiting: one read for all who ask at once.
     *
     * @param reader runs the read; when it refuses, the future fails with {@link RejectedExecutionException}
     */
    public CompletableFuture<Optional<DropTerms>> load(UUID id, Executor reader) {
        var mine = new CompletableFuture<Optional<DropTerms>>();
        var earlier = underWay.putIfAbsent(id, mine);
        if (earlier != null) {
            return earlier;
        }
        try {
            reader.execute(() -> {
                try {
                    var terms = read(id);
                    underWay.remove(id, mine);
                    mine.complete(terms);
                } catch (RuntimeException e) {
                    underWay.remove(id, mine);
                    mine.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException full) {
            underWay.remove(id, mine);
            mine.completeExceptionally(full);
        }
        return mine;
    }

    /** Forgets a drop that has changed. */
    void forget(UUID id) {
        known.remove(id);
    }

    private void remember(DropTerms terms, Instant now, long askedAt) {
        if (known.size() >= MAX_REMEMBERED) {
            known.clear();
        }
        known.put(terms.id(), new Known(terms, !now.isBefore(terms.opensAt()), askedAt));
    }

    private record Known(DropTerms terms, boolean forGood, long askedAt) {

        boolean isFresh() {
            return forGood || System.nanoTime() - askedAt < FRESH.toNanos();
        }
    }
}
