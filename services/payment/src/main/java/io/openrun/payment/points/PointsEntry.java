package io.openrun.payment.points;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One side of a transfer, as the wallet's owner sees it.
 *
 * @param amount positive when points came in, negative when they went out
 * @param paymentId what was paid or refunded; none for a charge
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PointsEntry(
        UUID id, Kind kind, long amount, @Nullable UUID paymentId, Instant createdAt) {

    /** Why points moved. */
    enum Kind {
        /** The shopper charged the wallet. */
        CHARGE,
        /** The points paid for an order. */
        PAYMENT,
        /** A payment was given back. */
        REFUND
    }
}
