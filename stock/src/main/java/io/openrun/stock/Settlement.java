package io.openrun.stock;

/**
 * How a hold stands after it was asked to be confirmed or released.
 *
 * @param changed true for the one call that changed it
 */
public sealed interface Settlement {

    /** The hold's status now. */
    record Settled(HoldStatus status, boolean changed) implements Settlement {}

    /** There is no such hold in that stock. */
    record UnknownHold() implements Settlement {}
}
