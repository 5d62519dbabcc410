package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;

/** What happened to an order. */
public sealed interface OrderEvent extends Event {

    UUID orderId();

    UUID userId();

    @Override
    default String key() {
        return orderId().toString();
    }

    /** The hold is confirmed and the money is taken. */
    record OrderPaid(
            UUID orderId, UUID userId, UUID dropId, UUID productId, int quantity, long amount, Instant occurredAt)
            implements OrderEvent {}

    /** The shopper cancelled: the drop releases the hold; open payments end. */
    record OrderCancelled(UUID orderId, UUID userId, UUID dropId, Instant occurredAt) implements OrderEvent {}

    /** The hold ran out before it was paid: open payments end. */
    record OrderExpired(UUID orderId, UUID userId, UUID dropId, Instant occurredAt) implements OrderEvent {}

    /** Money was taken that the order may not keep: payment gives it back, once. */
    record RefundDue(UUID orderId, UUID userId, UUID paymentId, String reason, Instant occurredAt)
            implements OrderEvent {}
}
