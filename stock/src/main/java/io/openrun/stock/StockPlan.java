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

    /** Checks the bounds. */
    public StockPlan {
        if (quantity < 0) {
            throw new IllegalArgumentException("quantity must not be negative, was " + quantity);
        }
        if (perHolderLimit != null && perHolderLimit < 1) {
            throw new IllegalArgumentException("perHolderLimit must be at least 1, was " + perHolderLimit);
        }
        if (opensAt != null && closesAt != null && !closesAt.isAfter(opensAt)) {
            throw new IllegalArgumentException("closesAt must be after opensAt");
        }
        if (holdFor.isNegative() || holdFor.isZero()) {
            throw new IllegalArgumentException("holdFor must be positive, was " + holdFor);
        }
    }

    /** Plain stock: always open, no limit per holder. */
    public static StockPlan of(long quantity) {
        return new StockPlan(quantity, null, null, null, Duration.ofMinutes(15));
    }
}
