package io.openrun.order.process;

/** Why an order may not keep money that was taken. */
enum RefundReason {
    /** The shopper cancelled after paying. */
    ORDER_CANCELLED,
    /** The hold ran out before the money came. */
    ORDER_EXPIRED,
    /** Another payment was first. */
    ALREADY_PAID,
    /** Not what the order costs. */
    WRONG_AMOUNT,
    /** There never was such an order. */
    NO_SUCH_ORDER
}
