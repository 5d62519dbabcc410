package io.openrun.payment.card;

/** What the card network says to a charge. */
public sealed interface CardAnswer {

    /** The money is taken. */
    record Approved() implements CardAnswer {}

    /**
     * No money is taken, now or later.
     *
     * @param code why, in the network's words
     */
    record Declined(String code) implements CardAnswer {}

    /** Nobody knows: the time limit passed without an answer. Ask again later. */
    record Unanswered() implements CardAnswer {}
}
