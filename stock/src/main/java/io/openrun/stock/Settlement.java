package io.openrun.stock;

import java.time.Duration;

/** How a hold stands after it was asked to be confirmed or released. */
public sealed interface Settlement {

    /**
     * The hold's status now.
     *
     * @param changed true for the one call that changed it
     */
    record Settled(HoldStatus status, boolean changed) implements Settlement {}

    /** There is no such hold in that stock. */
    record UnknownHold() implements Settlement {}

    /**
     * The queue is full or the database is away: ask again later. It is unknown whether the hold was settled only
     * when the connection was lost during the commit; asking again tells.
     */
    record Busy(Duration retryAfter) implements Settlement {}
}
