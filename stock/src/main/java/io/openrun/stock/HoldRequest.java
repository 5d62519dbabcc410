package io.openrun.stock;

import org.jspecify.annotations.Nullable;

/**
 * Somebody wants units.
 *
 * @param quantity units, at least 1
 * @param idempotencyKey 1–255 visible ASCII characters, or null; a repeated key of the same holder has one effect
 */
public record HoldRequest(
        StockId stock,
        HolderId holder,
        int quantity,
        @Nullable String idempotencyKey) {

    /** Checks the bounds. */
    public HoldRequest {
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity must be at least 1, was " + quantity);
        }
    }
}
