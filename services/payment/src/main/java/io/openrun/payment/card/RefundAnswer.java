package io.openrun.payment.card;

/** What the card network says to a refund. */
public enum RefundAnswer {
    /** The money is back on the card, once, however often it was asked for. */
    REFUNDED,
    /** The time limit passed without an answer. Ask again later. */
    UNANSWERED
}
