package io.openrun.payment.paying;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as its owner sees it.
 *
 * @param amount in the store currency's minor unit
 * @param failureCode only when it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
        UUID id,
        UUID orderId,
        long amount,
        PaymentMethod method,
        PaymentStatus status,
        @Nullable String failureCode,
        Instant createdAt) {

    static PaymentView of(Payment payment) {
        return of(payment, payment.status());
    }

    /** What confirming came to, the same however often it is asked: that the money went back later is no part of it. */
    static PaymentView confirmed(Payment payment) {
        var refunded = payment.status() == PaymentStatus.REFUNDED;
        return of(payment, refunded ? PaymentStatus.SUCCEEDED : payment.status());
    }

    private static PaymentView of(Payment payment, PaymentStatus status) {
        return new PaymentView(
                payment.id(),
                payment.orderId(),
                payment.amount(),
                payment.method(),
                status,
                payment.failureCode(),
                payment.createdAt());
    }
}
