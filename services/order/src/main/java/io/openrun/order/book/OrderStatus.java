package io.openrun.order.book;

import java.util.Set;

/** How an order stands. */
public enum OrderStatus {
    /** Bought, and on its way out of the hold log; told to the shopper, never stored. */
    PROCESSING,
    /** The units are held; a payment is awaited until the hold ends. */
    PENDING_PAYMENT,
    /** The units are sold and the money is taken. */
    PAID,
    /** On its way to the shopper. */
    SHIPPING,
    /** The shopper has it. */
    DELIVERED,
    /** A payment failed; another may be entered until the hold ends. */
    PAYMENT_FAILED,
    /** The hold ended unpaid; the units went back. */
    EXPIRED,
    /** Given up by the shopper or by the drop; units and money go back. */
    CANCELLED,
    /** The shopper wants to give it back. */
    RETURN_REQUESTED,
    /** Given back: units and money went back. */
    RETURNED;

    private static final Set<OrderStatus> ENDS = Set.of(EXPIRED, CANCELLED, RETURNED);

    /** Whether a payment may still make the order {@link #PAID}. */
    public boolean isPayable() {
        return this == PENDING_PAYMENT || this == PAYMENT_FAILED;
    }

    /** Whether nothing can follow. */
    public boolean isEnd() {
        return ENDS.contains(this);
    }
}
