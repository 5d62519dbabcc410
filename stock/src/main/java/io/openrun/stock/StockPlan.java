package io.openrun.stock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stock is created or changed to. The fields mean what they mean in {@link Stock}. */
public record StockPlan(
        long quantity,
        @Nullable Integer perHolderLimit,
        @Nullable Instant opensAt,
        @Nullable Instant closesAt,
        Duration holdFor) {

    /** The most units a stock may have. */
    public static final long MOST_UNITS = 1_000_000_000_000L;

    /** The highest limit per holder: every held unit of a limited stock is a row of its own. */
    public static final int HIGHEST_LIMIT = 1_000;

    /** The longest a hold may last. */
    public static final Duration LONGEST_HOLD = Duration.ofDays(366);

    /** Checks the bounds. */
    public StockPlan {
        if (quantity < 0 || quantity > MOST_UNITS) {
            throw new IllegalArgumentException("quantity must be 0 to " + MOST_UNITS + ", was " + quantity);
        }
        if (perHolderLimit != null && (perHolderLimit < 1 || perHolderLimit > HIGHEST_LIMIT)) {
            throw new IllegalArgumentException(
                    "perHolderLimit must be 1 to " + HIGHEST_LIMIT + ", was " + perHolderLimit);
        }
        if (opensAt != null && closesAt != null && !closesAt.isAfter(opensAt)) {
            throw new IllegalArgumentException("closesAt must be after opensAt");
        }
        if (holdFor.toMillis() < 1 || holdFor.compareTo(LONGEST_HOLD) > 0) {
            throw new IllegalArgumentException("holdFor must be 1 ms to " + LONGEST_HOLD + ", was " + holdFor);
        }
    }

    /** Plain stock: always open, no limit per holder. */
    public static StockPlan of(long quantity) {
        return new StockPlan(quantity, null, null, null, Duration.ofMinutes(15));
    }
}
