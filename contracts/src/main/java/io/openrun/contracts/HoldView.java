package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;

/**
 * A hold as {@code drop} tells it to {@code order} ({@code GET /internal/holds/{orderId}}).
 *
 * @param status HELD, CONFIRMED, RELEASED or EXPIRED
 */
public record HoldView(
        UUID orderId,
        UUID dropId,
        UUID productId,
        String title,
        UUID userId,
        int quantity,
        long unitPrice,
        long amount,
        long sequence,
        String status,
        Instant heldAt,
        Instant expiresAt) {}
