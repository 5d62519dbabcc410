package io.openrun.order.placement;

import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.HoldView;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What an order is made of: one hold.
 *
 * @param unitPrice in the store currency's minor unit
 * @param total {@code unitPrice × quantity}
 */
public record Placement(
        UUID orderId,
        UUID userId,
        UUID dropId,
        long sequence,
        UUID productId,
        String title,
        int quantity,
        long unitPrice,
        long total,
        Instant heldAt,
        Instant expiresAt) {

    /** Refuses what the database would refuse, before it spoils a batch. */
    public Placement {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(dropId, "dropId");
        Objects.requireNonNull(productId, "productId");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(heldAt, "heldAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (quantity < 1 || unitPrice < 0 || total != Math.multiplyExact(unitPrice, quantity)) {
            throw new IllegalArgumentException(
                    "%d × %d = %d is no purchase (order %s)".formatted(quantity, unitPrice, total, orderId));
        }
    }

    /** From the hold log. */
    public static Placement of(StockHeld held) {
        return new Placement(
                held.orderId(),
                held.userId(),
                held.dropId(),
                held.sequence(),
                held.productId(),
                held.title(),
                held.quantity(),
                held.unitPrice(),
                held.amount(),
                held.occurredAt(),
                held.expiresAt());
    }

    /** From the hold itself. */
    public static Placement of(HoldView hold) {
        return new Placement(
                hold.orderId(),
                hold.userId(),
                hold.dropId(),
                hold.sequence(),
                hold.productId(),
                hold.title(),
                hold.quantity(),
                hold.unitPrice(),
                hold.amount(),
                hold.heldAt(),
                hold.expiresAt());
    }
}
