package io.openrun.payment.paying;

import java.time.Duration;

/** What became of entering a payment. */
sealed interface EnterResult {

    /** There is a payment to confirm: a new one, or the one that was ready already. */
    record Entered(Payment payment) implements EnterResult {}

    /** No such order, or somebody else's. */
    record NoSuchOrder() implements EnterResult {}

    /**
     * The order is not to be paid now.
     *
     * @param status what it is instead
     */
    record NotPayable(String status) implements EnterResult {}

    /** It cannot be said now; nothing was entered. */
    record TryLater(Duration retryAfter) implements EnterResult {}
}
