package io.openrun.drop.schedule;

import java.time.Instant;
import java.util.UUID;

/**
 * A drop as the public sees it.
 *
 * @param price of one unit, in the store currency's minor unit
 * @param remaining units nobody has, exact at {@code serverTime}
 * @param serverTime the database's clock, which decides about opening and closing
 */
public record DropView(
        UUID id,
        UUID productId,
        String title,
        long price,
        long quantity,
        long remaining,
        int perUserLimit,
        Instant opensAt,
        Instant closesAt,
        DropState state,
        Instant serverTime) {}
