package io.openrun.payment.paying;

import io.openrun.payment.points.Wallets;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A shopper confirms a payment, and the money is taken once however often they do. The first to move the payment from
 * READY to PENDING asks for the money; the others wait a little and tell what came of it.
 *
 * <p>Before that the order is looked at: whoever cancelled it is not asked for money, even if the news of that has not
 * arrived here yet. If the order service is away the money is taken all the same: the hold is the arbiter, and has it
 * given back.
 *
 * <p>Points are taken in the same transaction. The card network is asked outside of any, and what it does not answer
 * in time is left PENDING for {@link AttendPayments}.
 */
@Component
class ConfirmPayment {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Payments payments;
    private final Orders orders;
    private final Wallets wallets;
    private final SettlePayment settle;
    private final AskCardNetwork ask;
    private final TransactionOperations transaction;
    private final PayingSettings settings;

    ConfirmPayment(
            Payments payments,
            Orders orders,
            Wallets wallets,
            SettlePayment settle,
            AskCardNetwork ask,
            TransactionOperations transaction,
            PayingSettings settings) {
        this.payments = payments;
        this.orders = orders;
        this.wallets = wallets;
        this.settle = settle;
        this.ask = ask;
        this.transaction = transaction;
        this.settings = settings;
    }

    ConfirmResult confirm(UUID userId, UUID paymentId) {
        var payment = payments.findByIdAndUserId(paymentId, userId).orElse(null);
        if (payment == null) {
            return new ConfirmResult.NoSuchPayment();
        }
        if (payment.status() == PaymentStatus.READY
                && orders.find(payment.orderId()) instanceof OrderLookup.Found found
                && !found.payable()) {
            transaction.executeWithoutResult(status -> payments.supersede(payment.id()));
        }
        boolean askedByUs = payment.status() == PaymentStatus.READY && askForMoney(payment);
        return result(askedByUs ? read(paymentId) : awaitEnd(paymentId));
    }

    /** Answers false when somebody else is asking already, or it is too late to ask. */
    private boolean askForMoney(Payment payment) {
        return switch (payment.method()) {
            case POINTS -> {
                transaction.executeWithoutResult(status -> takePoints(payment));
                yield true;
            }
            case CARD -> {
                boolean claimed = Boolean.TRUE.equals(transaction.execute(status -> claim(payment)));
                if (claimed) {
                    ask.chargeAndSettle(payment);
                }
                yield claimed;
            }
        };
    }

    private void takePoints(Payment payment) {
        if (!claim(payment)) {
            return;
        }
        if (wallets.pay(payment.userId(), payment.id(), payment.amount())) {
            settle.succeed(payment.id());
        } else {
            settle.fail(payment.id(), "INSUFFICIENT_POINTS");
        }
    }

    private boolean claim(Payment payment) {
        if (payments.claim(
                        payment.id(),
                        payment.userId(),
                        settings.attendPendingAfter().toMillis())
                == 1) {
            return true;
        }
        payments.expire(payment.id());
        return false;
    }

    private Payment awaitEnd(UUID paymentId) {
        long deadline = System.nanoTime() + settings.confirmWait().toNanos();
        var pause = FIRST_PAUSE;
        var payment = read(paymentId);
        while (payment.status() == PaymentStatus.PENDING && System.nanoTime() < deadline && slept(pause)) {
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            payment = read(paymentId);
        }
        return payment;
    }

    private Payment read(UUID paymentId) {
        return payments.findById(paymentId).orElseThrow();
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ConfirmResult result(Payment payment) {
        return switch (payment.status()) {
            case PENDING, SUCCEEDED, FAILED, REFUNDED -> new ConfirmResult.Confirmed(payment);
            case READY, EXPIRED -> new ConfirmResult.NotConfirmable(payment.status());
        };
    }
}
