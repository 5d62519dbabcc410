package io.openrun.payment.paying;

/** Where the money comes from. */
enum PaymentMethod {
    /** The card network takes it. */
    CARD,
    /** The caller's own points. */
    POINTS
}
