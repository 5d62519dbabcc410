package io.openrun.drop.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a purchase needs to know of a drop. It does not change from the opening on.
 *
 * @param price of one unit, in the store currency's minor unit
 * @param paymentWindow how long a purchase may stay unpaid
 * @param strategy who decides about the sale
 * @param cancelled whether it was called off
 */
public record DropTerms(
        UUID id,
        UUID productId,
        String title,
        long quantity,
        long price,
        int perUserLimit,
        Instant opensAt,
        Instant closesAt,
        Duration paymentWindow,
        String strategy,
        boolean cancelled) {

    /** What that many units cost. */
    public long amount(int units) {
        return Math.multiplyExact(price, (long) units);
    }
}
