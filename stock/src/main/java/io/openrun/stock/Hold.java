package io.openrun.stock;

import java.time.Instant;

/**
 * Units of a stock taken by a holder for a while.
 *
 * @param quantity units, at least 1
 * @param sequence its place in the line for that stock, from 1, without gaps
 * @param heldAt by the database's clock, microseconds
 * @param expiresAt when it runs out if not confirmed, by the database's clock
 */
public record Hold(
        HoldId id,
        StockId stock,
        HolderId holder,
        int quantity,
        long sequence,
        HoldStatus status,
        Instant heldAt,
        Instant expiresAt) {}
