package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;

/** What happened to a payment. Keyed by order, so that all payments of an order keep their order. */
public sealed interface PaymentEvent extends Event {

    UUID paymentId();

    UUID orderId();

    UUID userId();

    /** In the store currency's minor unit. */
    long amount();

    @Override
    default String key() {
        return orderId().toString();
    }

    /** The provider, or the wallet, took the money. */
    record PaymentSucceeded(UUID paymentId, UUID orderId, UUID userId, long amount, Instant occurredAt)
            implements PaymentEvent {}

    /** No money was taken. Another payment may be entered until the hold expires. */
    record PaymentFailed(UUID paymentId, UUID orderId, UUID userId, long amount, String failureCode, Instant occurredAt)
            implements PaymentEvent {}

    /** The money went back to where it came from. */
    record PaymentRefunded(UUID paymentId, UUID orderId, UUID userId, long amount, Instant occurredAt)
            implements PaymentEvent {}
}
