package io.openrun.stock;

/** Where a hold stands: HELD → CONFIRMED | RELEASED | EXPIRED, and CONFIRMED → RELEASED when a sale is undone. */
public enum HoldStatus {
    /** Taken, not yet paid for. */
    HELD,
    /** Sold. */
    CONFIRMED,
    /** Given back by its holder, or a sale undone. The units are in the stock again. */
    RELEASED,
    /** Ran out unpaid. The units are in the stock again. */
    EXPIRED
}
