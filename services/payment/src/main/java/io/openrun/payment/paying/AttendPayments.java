package io.openrun.payment.paying;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks after payments that nobody is waiting for: expires what was not confirmed in time, asks the card network what
 * became of a charge whose answer is missing (it timed out, or we died before we heard it), and refunds what is due.
 *
 * <p>Runs on every instance. A payment is taken by one of them for {@link PayingSettings#attendRetry()} and comes back
 * unless it is finished by then.
 */
@Component
class AttendPayments {

    private static final Logger log = LoggerFactory.getLogger(AttendPayments.class);

    private final Payments payments;
    private final AskCardNetwork ask;
    private final RefundPayment refund;
    private final TransactionOperations transaction;
    private final PayingSettings settings;

    AttendPayments(
            Payments payments,
            AskCardNetwork ask,
            RefundPayment refund,
            TransactionOperations transaction,
            PayingSettings settings) {
        this.payments = payments;
        this.ask = ask;
        this.refund = refund;
        this.transaction = transaction;
        this.settings = settings;
    }

    /** Looks after some of what is due, all at the same time, and answers whether there may be more. */
    boolean attendSome() {
        List<Payment> due = transaction.execute(status ->
                payments.takeDue(settings.attendAtOnce(), settings.attendRetry().toMillis()));
        if (due == null || due.isEmpty()) {
            return false;
        }
        var now = payments.now();
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(payment -> together.execute(() -> attendOrLeave(payment, now)));
        }
        return due.size() == settings.attendAtOnce();
    }

    private void attendOrLeave(Payment payment, Instant now) {
        try {
            attend(payment, now);
        } catch (RuntimeException e) {
            log.warn("payment {} could not be looked after and comes back later", payment.id(), e);
        }
    }

    private void attend(Payment payment, Instant now) {
        switch (payment.status()) {
            case READY -> transaction.executeWithoutResult(status -> payments.expire(payment.id()));
            case PENDING -> {
                if (payment.expiresAt().isAfter(now)) {
                    ask.chargeAndSettle(payment);
                } else {
                    ask.forgoAndSettle(payment);
                }
            }
            case SUCCEEDED -> refund.refund(payment);
            case FAILED, EXPIRED, REFUNDED ->
                throw new IllegalStateException("an ended payment needs nobody: " + payment.id());
        }
    }
}
