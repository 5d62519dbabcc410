package io.openrun.drop.schedule;

/** Where a drop stands, by the database's clock and its remaining units. */
public enum DropState {
    /** Not open yet. */
    SCHEDULED,
    /** On sale. */
    OPEN,
    /** Within its window, but nothing remains; a purchase that is not paid may bring units back. */
    SOLD_OUT,
    /** Over. */
    CLOSED,
    /** Called off. */
    CANCELLED
}
