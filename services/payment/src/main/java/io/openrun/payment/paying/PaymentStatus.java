package io.openrun.payment.paying;

/** How far a payment is: {@code READY → PENDING → SUCCEEDED → REFUNDED}, with {@code FAILED} and {@code EXPIRED}. */
enum PaymentStatus {
    /** Entered; nothing is taken. */
    READY,
    /** Confirmed; the card network has not answered. */
    PENDING,
    /** The money is taken. */
    SUCCEEDED,
    /** No money was taken, and none will be. */
    FAILED,
    /** Never confirmed: the order ended first, or another payment took its place. */
    EXPIRED,
    /** The money was taken and given back. */
    REFUNDED
}
