package io.openrun.lab.contention.instance;

import java.util.List;
import java.util.UUID;

/**
 * What a buyer was told.
 *
 * @param taken the holds it names; none for a refusal
 */
public record Receipt(Outcome outcome, List<Taken> taken) {

    /** How a purchase ended. */
    public enum Outcome {
        /** Everything the buyer wanted is theirs. */
        SOLD,
        /** They held it and went away. */
        LEFT,
        /** Fewer units remain than were asked for. */
        SOLD_OUT,
        /** Refused for another reason: the limit, or a hold that ended before it was confirmed. */
        REFUSED,
        /** The same request had been answered before; its hold was shown again. */
        REPLAYED,
        /** Told to come again; nothing was taken. */
        BUSY,
        /** An error: whether something was taken is unknown. */
        FAILED
    }

    /**
     * A hold somebody was told of.
     *
     * @param stock its place in the workload's list
     */
    public record Taken(int stock, UUID hold, long sequence) {}

    /** Without any hold. */
    public static Receipt of(Outcome outcome) {
        return new Receipt(outcome, List.of());
    }
}
