package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;

/**
 * An order as {@code order} tells it to {@code payment} ({@code GET /internal/orders/{id}}).
 *
 * @param payable in the store currency's minor unit
 */
public record OrderView(UUID id, UUID userId, String status, long payable, Instant holdExpiresAt) {}
