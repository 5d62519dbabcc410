package io.openrun.payment.paying;

/** What became of confirming a payment. */
sealed interface ConfirmResult {

    /** It succeeded, failed, or is still pending. */
    record Confirmed(Payment payment) implements ConfirmResult {}

    /** It is over: expired, or refunded. */
    record NotConfirmable(PaymentStatus status) implements ConfirmResult {}

    /** No such payment, or somebody else's. */
    record NoSuchPayment() implements ConfirmResult {}
}
