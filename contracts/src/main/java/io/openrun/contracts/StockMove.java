package io.openrun.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Units moving between a product's stock and a drop ({@code POST /internal/products/{id}/stock-moves}).
 * Idempotent by {@code reference}.
 *
 * @param reference names the move; one that gives back what another took carries the other's reference, a colon and
 *     more
 * @param delta below zero takes units out of the product's stock, above zero gives them back
 * @param drop the drop the product now points at, or null when it no longer points at the one that the
 *     move announced which this one gives back
 */
public record StockMove(
        String reference, long delta, @Nullable Announcement drop) {

    /** A drop that shoppers of the product should see. */
    public record Announcement(UUID dropId, Instant closesAt) {}

    /** What the product had after the move, and what it is called. */
    public record Moved(UUID productId, String productName, long remaining) {}
}
