package io.openrun.payment.paying;

import io.openrun.contracts.PaymentEvent;
import io.openrun.contracts.Topics;
import io.openrun.platform.outbox.Outbox;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends a payment and tells of it in one transaction, once: of several who bring the same answer the guarded update
 * lets one through, and the row lock it takes keeps the events of an order in order.
 */
@Component
class SettlePayment {

    private final Payments payments;
    private final Outbox outbox;

    SettlePayment(Payments payments, @Qualifier("paymentsOutbox") Outbox outbox) {
        this.payments = payments;
        this.outbox = outbox;
    }

    /** The money is taken. */
    @Transactional
    public void succeed(UUID paymentId) {
        if (payments.succeed(paymentId) == 1) {
            var paid = payments.findById(paymentId).orElseThrow();
            outbox.publish(
                    Topics.PAYMENTS,
                    new PaymentEvent.PaymentSucceeded(
                            paid.id(), paid.orderId(), paid.userId(), paid.amount(), settledAt(paid)));
        }
    }

    /** No money was taken. */
    @Transactional
    public void fail(UUID paymentId, String failureCode) {
        if (payments.fail(paymentId, failureCode) == 1) {
            var failed = payments.findById(paymentId).orElseThrow();
            outbox.publish(
                    Topics.PAYMENTS,
                    new PaymentEvent.PaymentFailed(
                            failed.id(),
                            failed.orderId(),
                            failed.userId(),
                            failed.amount(),
                            failureCode,
                            settledAt(failed)));
        }
    }

    /** The money is back; answers whether this call was the one that recorded it. */
    @Transactional
    public boolean refund(UUID paymentId) {
        if (payments.refund(paymentId) == 0) {
            return false;
        }
        var refunded = payments.findById(paymentId).orElseThrow();
        outbox.publish(
                Topics.PAYMENTS,
                new PaymentEvent.PaymentRefunded(
                        refunded.id(), refunded.orderId(), refunded.userId(), refunded.amount(), settledAt(refunded)));
        return true;
    }

    private static Instant settledAt(Payment payment) {
        return Objects.requireNonNull(payment.settledAt(), "a settled payment has its time");
    }
}
