package io.openrun.stock;

import java.time.Duration;
import java.time.Instant;

/** What became of a {@link HoldRequest}. Refusal is an answer, not an exception. */
public sealed interface HoldResult {

    /** Yours, durably: the transaction has committed. */
    record Held(Hold hold) implements HoldResult {}

    /** The same key took this hold before; it is shown as it stands now. Nothing more was taken. */
    record Replayed(Hold original) implements HoldResult {}

    /** The key was used before for another stock or quantity. Nothing was taken. */
    record KeyReused() implements HoldResult {}

    /** Fewer units remain than were asked for. */
    record SoldOut() implements HoldResult {}

    /** The holder would exceed the limit. {@code taken} counts what they hold or bought already. */
    record LimitReached(int limit, int taken) implements HoldResult {}

    /** Too early, by the database's clock. */
    record NotOpen(Instant opensAt) implements HoldResult {}

    /** Too late, by the database's clock. */
    record Closed(Instant closedAt) implements HoldResult {}

    /**
     * The queue is full or the database is away. Nothing was taken; try again later. Only when the connection was
     * lost during the commit and the database stays away is it unknown: a retry with the same key then finds it.
     */
    record Busy(Duration retryAfter) implements HoldResult {}

    /** There is no such stock. */
    record UnknownStock() implements HoldResult {}
}
