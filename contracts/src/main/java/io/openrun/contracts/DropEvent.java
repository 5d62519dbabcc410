package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;

/** What happened to holds of a drop. Read from the hold log, in the order of {@code sequence}. */
public sealed interface DropEvent extends Event {

    UUID dropId();

    UUID orderId();

    @Override
    default String key() {
        return dropId().toString();
    }

    /**
     * A shopper was told "yours": from this the order is made. The order's id is the hold's id.
     *
     * @param unitPrice in the store currency's minor unit
     * @param amount {@code unitPrice × quantity}
     * @param sequence the hold's place in the drop's line, from 1, without gaps
     * @param expiresAt until when it may be paid
     */
    record StockHeld(
            UUID dropId,
            UUID orderId,
            UUID productId,
            String title,
            UUID userId,
            int quantity,
            long unitPrice,
            long amount,
            long sequence,
            Instant occurredAt,
            Instant expiresAt)
            implements DropEvent {}

    /** An unpaid hold reached its end; its units are back in the drop. */
    record StockExpired(UUID dropId, UUID orderId, Instant occurredAt) implements DropEvent {}

    /**
     * A hold of a drop that was called off was given back: taken by the drop, if nobody had paid, or cancelled by its
     * order, which then knows.
     */
    record StockReleased(UUID dropId, UUID orderId, Instant occurredAt) implements DropEvent {}
}
