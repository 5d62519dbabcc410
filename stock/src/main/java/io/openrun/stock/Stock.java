package io.openrun.stock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limited quantity of something, as the database has it.
 *
 * @param quantity all units: {@code held + confirmed + remaining}
 * @param perHolderLimit units one holder may have held or bought, or null for no limit
 * @param opensAt holds are refused before, or null for always open
 * @param closesAt holds are refused from then on, or null for never closed
 * @param holdFor how long a hold lasts unconfirmed
 * @param lastSequence the sequence of the newest hold, 0 before the first
 */
public record Stock(
        StockId id,
        long quantity,
        long remaining,
        long held,
        long confirmed,
        @Nullable Integer perHolderLimit,
        @Nullable Instant opensAt,
        @Nullable Instant closesAt,
        Duration holdFor,
        long lastSequence) {}
