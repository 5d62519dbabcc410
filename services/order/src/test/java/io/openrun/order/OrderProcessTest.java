package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.contracts.OrderEvent.OrderPaid;
import io.openrun.contracts.PaymentEvent.PaymentRefunded;
import io.openrun.contracts.PaymentEvent.PaymentSucceeded;
import io.openrun.order.book.OrderStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an order when money comes, does not come, or comes too late. */
class OrderProcessTest extends RunningOrders {

    private final UUID payment = Purchase.id();

    @AfterEach
    void dropIsBack() {
        DROP.comeBack();
    }

    @Test
    void aPaymentThatIsToldThreeTimesPaysOnce() {
        var purchase = ordered(Purchase.any());

        payments(purchase.paid(payment), purchase.paid(payment), purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.PAID);
        awaitTold(purchase, "OrderPaid");
        assertThat(refunded(payment)).isFalse();
        assertThat(DROP.statusOf(purchase.orderId())).isEqualTo("CONFIRMED");
        assertThat(orders.findById(purchase.orderId()).orElseThrow().paidBy()).isEqualTo(payment);
        assertThat(TOLD.about(purchase.orderId()).getFirst()).isInstanceOfSatisfying(OrderPaid.class, paid -> {
            assertThat(paid.amount()).isEqualTo(30_000);
            assertThat(paid.quantity()).isEqualTo(2);
            assertThat(paid.productId()).isEqualTo(purchase.productId());
            assertThat(paid.dropId()).isEqualTo(purchase.dropId());
            assertThat(paid.userId()).isEqualTo(purchase.userId());
        });
    }

    @Test
    void moneyThatComesAfterTheHoldRanOutGoesBackOnce() {
        var purchase = ordered(Purchase.any());
        DROP.expire(purchase.orderId());

        payments(purchase.paid(payment), purchase.paid(payment), purchase.paid(payment));
        awaitStatus(purchase, OrderStatus.EXPIRED);
        drops(purchase.expired(), purchase.expired());
        awaitPaymentsHandled(purchase);

        awaitTold(purchase, "OrderExpired", "RefundDue");
        assertThat(refunds(purchase, payment)).singleElement().satisfies(refund -> {
            assertThat(refund.reason()).isEqualTo("ORDER_EXPIRED");
            assertThat(refund.userId()).isEqualTo(purchase.userId());
        });
    }

    @Test
    void moneyThatComesAfterTheExpiryWasToldGoesBackWithoutAskingTheDrop() {
        var purchase = ordered(Purchase.any());
        DROP.expire(purchase.orderId());
        drops(purchase.expired());
        awaitStatus(purchase, OrderStatus.EXPIRED);
        int before = DROP.confirmations();

        payments(purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        assertThat(DROP.confirmations()).isEqualTo(before);
        awaitTold(purchase, "OrderExpired", "RefundDue");
    }

    @Test
    void moneyForAHoldTheDropTookBackGoesBackAndTheOrderIsCancelled() {
        var purchase = ordered(Purchase.any());
        DROP.release(purchase.orderId());

        payments(purchase.paid(payment), purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.CANCELLED);
        awaitTold(purchase, "OrderCancelled", "RefundDue");
    }

    @Test
    void moneyForAHoldTheDropNeverHadGoesBackAndTheOrderIsCancelled() {
        var purchase = Purchase.any();
        drops(purchase.held());
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);

        payments(purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.CANCELLED);
        awaitTold(purchase, "OrderCancelled", "RefundDue");
    }

    @Test
    void moneyForNoOrderAtAllGoesBack() {
        var purchase = Purchase.any();

        payments(purchase.paid(payment), purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        awaitTold(purchase, "RefundDue");
        assertThat(refunds(purchase, payment)).singleElement().satisfies(refund -> assertThat(refund.reason())
                .isEqualTo("NO_SUCH_ORDER"));
    }

    @Test
    void aPaymentThatSaysNothingAboutItsOrderBlocksNothing() {
        var purchase = ordered(Purchase.any());

        payments(new PaymentSucceeded(null, purchase.orderId(), purchase.userId(), 30_000, Instant.now()));
        payments(new PaymentRefunded(payment, purchase.orderId(), purchase.userId(), 30_000, Instant.now()));
        payments(purchase.paid(payment));

        awaitStatus(purchase, OrderStatus.PAID);
    }

    @Test
    void aDropThatDoesNotKnowUsIsAwayAndNotEmpty() {
        var purchase = ordered(Purchase.any());
        DROP.turnEverybodyAway();

        payments(purchase.paid(payment));
        eventually().until(() -> DROP.refusals() > 2);
        DROP.comeBack();

        awaitStatus(purchase, OrderStatus.PAID);
        awaitTold(purchase, "OrderPaid");
    }

    @Test
    void theSecondOfTwoPaymentsGoesBack() {
        var purchase = ordered(Purchase.any());
        var second = Purchase.id();

        payments(purchase.paid(payment), purchase.paid(second), purchase.paid(payment), purchase.paid(second));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.PAID);
        awaitTold(purchase, "OrderPaid", "RefundDue");
        assertThat(refunds(purchase, second)).singleElement().satisfies(refund -> assertThat(refund.reason())
                .isEqualTo("ALREADY_PAID"));
        assertThat(refunded(payment)).isFalse();
    }

    @Test
    void moneyThatIsNotThePriceBuysNothing() {
        var purchase = ordered(Purchase.any());

        payments(purchase.paid(payment, purchase.amount() - 1));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
        awaitTold(purchase, "RefundDue");
        assertThat(DROP.statusOf(purchase.orderId())).isEqualTo("HELD");
    }

    @Test
    void aPaymentThatOvertakesItsOrderPaysIt() {
        var purchase = bought(Purchase.any());

        payments(purchase.paid(payment));
        awaitStatus(purchase, OrderStatus.PAID);
        drops(purchase.held());

        awaitTold(purchase, "OrderPaid");
        awaitStatus(purchase, OrderStatus.PAID);
    }

    @Test
    void afterAFailedPaymentAnotherOneMayPay() {
        var purchase = ordered(Purchase.any());
        var failed = Purchase.id();

        payments(purchase.notPaid(failed), purchase.notPaid(failed));
        awaitStatus(purchase, OrderStatus.PAYMENT_FAILED);
        payments(purchase.paid(payment), purchase.notPaid(failed));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.PAID);
        awaitTold(purchase, "OrderPaid");
    }

    @Test
    void anOrderWhosePaymentFailedExpiresLikeAnyOther() {
        var purchase = ordered(Purchase.any());
        payments(purchase.notPaid(Purchase.id()));
        awaitStatus(purchase, OrderStatus.PAYMENT_FAILED);

        DROP.expire(purchase.orderId());
        drops(purchase.expired());

        awaitStatus(purchase, OrderStatus.EXPIRED);
        awaitTold(purchase, "OrderExpired");
    }

    @Test
    void aFailedPaymentOfAnOrderThatIsNotMadeYetMakesIt() {
        var purchase = bought(Purchase.any());

        payments(purchase.notPaid(payment));

        awaitStatus(purchase, OrderStatus.PAYMENT_FAILED);
    }

    @Test
    void aPaymentThatComesWhileTheDropIsAwayIsNotLost() {
        var purchase = ordered(Purchase.any());
        var other = ordered(Purchase.any());
        int before = DROP.confirmations();
        DROP.goAway();

        payments(purchase.paid(payment), other.paid(Purchase.id()));
        eventually().until(() -> DROP.refusals() > 2);
        assertThat(orders.findById(purchase.orderId()).orElseThrow().status()).isEqualTo(OrderStatus.PENDING_PAYMENT);
        DROP.comeBack();

        awaitStatus(purchase, OrderStatus.PAID);
        awaitStatus(other, OrderStatus.PAID);
        awaitTold(purchase, "OrderPaid");
        assertThat(DROP.confirmations()).isGreaterThan(before);
    }
}
