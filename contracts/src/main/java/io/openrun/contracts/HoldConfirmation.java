package io.openrun.contracts;

/** What {@code drop} answers to {@code POST /internal/holds/{orderId}/confirm}. Asking twice answers the same. */
public record HoldConfirmation(Outcome outcome) {

    /** How a hold stands after it was asked to be confirmed. */
    public enum Outcome {
        /** The units are sold to the holder. */
        CONFIRMED,
        /** The hold ran out before; its units may be somebody else's. */
        EXPIRED,
        /** The hold was given back before. */
        RELEASED,
        /** There never was such a hold. */
        UNKNOWN
    }
}
