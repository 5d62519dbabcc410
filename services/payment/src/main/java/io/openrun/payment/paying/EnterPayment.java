package io.openrun.payment.paying;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.contracts.OrderView;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A shopper enters a payment for an order. At most one payment per order is alive. Entering again with the same method
 * finds the payment that is ready; with another method the new payment takes the place of the ready one, which
 * expires. While one is pending or has succeeded there is nothing to enter.
 */
@Component
class EnterPayment {

    private static final Duration ORDER_SERVICE_RETRY = Duration.ofSeconds(1);
    private static final Duration CONTENTION_RETRY = Duration.ofMillis(100);

    /** Each attempt lost means that somebody else entered a payment and it ended again in between. */
    private static final int MAX_ATTEMPTS = 3;

    private final Payments payments;

    EnterPayment(Payments payments) {
        this.payments = payments;
    }

    /**
     * Enters the payment.
     *
     * @param lookup asked for before the transaction began
     */
    @Transactional(propagation = Propagation.MANDATORY)
    EnterResult enter(UUID userId, OrderLookup lookup, PaymentMethod method) {
        return switch (lookup) {
            case OrderLookup.Missing missing -> new EnterResult.NoSuchOrder();
            case OrderLookup.Away away -> new EnterResult.TryLater(ORDER_SERVICE_RETRY);
            case OrderLookup.Found found when !found.order().userId().equals(userId) -> new EnterResult.NoSuchOrder();
            case OrderLookup.Found found
            when !found.payable() -> new EnterResult.NotPayable(found.order().status());
            case OrderLookup.Found found -> enter(found.order(), method);
        };
    }

    private EnterResult enter(OrderView order, PaymentMethod method) {
        if (!order.holdExpiresAt().isAfter(payments.now())) {
            return new EnterResult.NotPayable("EXPIRED");
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var alive = payments.lockAlive(order.id()).orElse(null);
            if (alive != null && alive.status() != PaymentStatus.READY) {
                return new EnterResult.NotPayable(
                        alive.status() == PaymentStatus.SUCCEEDED ? "PAID" : "PAYMENT_PENDING");
            }
            if (alive != null && alive.method() == method && alive.expiresAt().isAfter(payments.now())) {
                return new EnterResult.Entered(alive);
            }
            if (alive != null) {
                payments.supersede(alive.id());
            }
            var id = UuidCreator.getTimeOrderedEpoch();
            if (payments.enter(id, order.id(), order.userId(), order.payable(), method.name(), order.holdExpiresAt())
                    == 1) {
                return new EnterResult.Entered(payments.findById(id).orElseThrow());
            }
        }
        return new EnterResult.TryLater(CONTENTION_RETRY);
    }
}
