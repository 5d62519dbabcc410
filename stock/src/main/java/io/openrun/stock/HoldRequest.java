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

    /** The longest idempotency key, in characters. */
    public static final int LONGEST_KEY = 255;

    /** Checks the bounds. */
    public HoldRequest {
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity must be at least 1, was " + quantity);
        }
        if (idempotencyKey != null && !isKey(idempotencyKey)) {
            throw new IllegalArgumentException(
                    "idempotencyKey must be 1 to " + LONGEST_KEY + " visible ASCII characters");
        }
    }

    /** Whether the text may be an idempotency key: 1 to {@value #LONGEST_KEY} visible ASCII characters. */
    public static boolean isKey(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_KEY && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
