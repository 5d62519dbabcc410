package io.openrun.drop.schedule;

import io.openrun.stock.StockPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator wants sold.
 *
 * @param quantity units, all of which leave the product's stock
 * @param price of one unit, in the store currency's minor unit
 * @param paymentWindowSeconds how long a purchase may stay unpaid
 * @param strategy who decides about the sale, or null for the shop's default
 */
public record DropPlan(
        UUID productId,
        String title,
        long quantity,
        long price,
        int perUserLimit,
        Instant opensAt,
        Instant closesAt,
        int paymentWindowSeconds,
        @Nullable String strategy) {

    /** Whether buyers get the same on the same terms; when it is sold is the window's to say. */
    boolean sameTerms(DropPlan other) {
        return title.equals(other.title)
                && price == other.price
                && perUserLimit == other.perUserLimit
                && paymentWindowSeconds == other.paymentWindowSeconds;
    }

    /** What the engine needs to know of it. */
    StockPlan stock() {
        return new StockPlan(quantity, perUserLimit, opensAt, closesAt, Duration.ofSeconds(paymentWindowSeconds));
    }
}
