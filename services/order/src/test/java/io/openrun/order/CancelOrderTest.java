package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.order.book.OrderStatus;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shopper cancels: units and money go back, once. */
class CancelOrderTest extends RunningOrders {

    private final UUID payment = Purchase.id();

    @AfterEach
    void dropIsBack() {
        DROP.comeBack();
    }

    @Test
    void anUnpaidOrderIsCancelledAndCannotBeCancelledAgain() {
        var purchase = ordered(Purchase.any());

        var first = cancel(purchase, purchase.userId());
        var second = cancel(purchase, purchase.userId());

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().path("status").asString()).isEqualTo("CANCELLED");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("ORDER_NOT_CANCELLABLE");
        assertThat(second.body().path("orderStatus").asString()).isEqualTo("CANCELLED");
        awaitTold(purchase, "OrderCancelled");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            application/json, {, 400 MALFORMED_JSON
            application/json, [], 400 MALFORMED_JSON
            application/json, {"status":"PAID"}, 400 VALIDATION_FAILED
            application/json, {} {}, 400 MALFORMED_JSON
            text/plain, {}, 415 UNSUPPORTED_MEDIA_TYPE
            application/x-www-form-urlencoded, a=b, 415 UNSUPPORTED_MEDIA_TYPE
            """)
    void wordsThatNobodyUnderstandsCancelNothing(String type, String body, String refusal) {
        var purchase = ordered(Purchase.any());

        var answer = send(request("/api/v1/orders/" + purchase.orderId() + "/cancel", SHOPPERS.token(purchase.userId()))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.status() + " " + answer.code()).isEqualTo(refusal);
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
    }

    @Test
    void anEmptyObjectCancelsLikeNoBody() {
        var purchase = ordered(Purchase.any());

        var answer = send(request("/api/v1/orders/" + purchase.orderId() + "/cancel", SHOPPERS.token(purchase.userId()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aPaidOrderIsCancelledAndItsMoneyGoesBack() {
        var purchase = ordered(Purchase.any());
        payments(purchase.paid(payment));
        awaitStatus(purchase, OrderStatus.PAID);

        assertThat(cancel(purchase, purchase.userId()).status()).isEqualTo(200);
        payments(purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        awaitTold(purchase, "OrderPaid", "OrderCancelled", "RefundDue");
        assertThat(refunds(purchase, payment)).hasSize(1);
    }

    @Test
    void ofFiftyWhoCancelAPaidOrderAtOnceOneWins() throws Exception {
        var purchase = ordered(Purchase.any());
        payments(purchase.paid(payment));
        awaitStatus(purchase, OrderStatus.PAID);

        var statuses = atOnce(50, () -> cancel(purchase, purchase.userId()).status());

        assertThat(statuses).hasSize(50).containsOnly(200, 409).containsOnlyOnce(200);
        awaitPaymentsHandled(purchase);
        awaitTold(purchase, "OrderPaid", "OrderCancelled", "RefundDue");
    }

    @Test
    void ofFiftyWhoCancelAnOrderThatIsNotMadeYetOneWins() throws Exception {
        var purchase = bought(Purchase.any());

        var statuses = atOnce(50, () -> cancel(purchase, purchase.userId()).status());
        drops(purchase.held());

        assertThat(statuses).hasSize(50).containsOnly(200, 409).containsOnlyOnce(200);
        awaitTold(purchase, "OrderCancelled");
        awaitStatus(purchase, OrderStatus.CANCELLED);
    }

    @Test
    void moneyForACancelledOrderGoesBack() {
        var purchase = ordered(Purchase.any());
        assertThat(cancel(purchase, purchase.userId()).status()).isEqualTo(200);

        payments(purchase.paid(payment), purchase.paid(payment));
        awaitPaymentsHandled(purchase);

        awaitStatus(purchase, OrderStatus.CANCELLED);
        awaitTold(purchase, "OrderCancelled", "RefundDue");
    }

    @Test
    void anExpiredOrderCannotBeCancelled() {
        var purchase = ordered(Purchase.any());
        DROP.expire(purchase.orderId());
        drops(purchase.expired());
        awaitStatus(purchase, OrderStatus.EXPIRED);

        assertThat(cancel(purchase, purchase.userId()).code()).isEqualTo("ORDER_NOT_CANCELLABLE");
        awaitTold(purchase, "OrderExpired");
    }

    @Test
    void somebodyElsesOrderIsNotThere() {
        var made = ordered(Purchase.any());
        var notMadeYet = bought(Purchase.any());
        var stranger = Purchase.id();

        assertThat(cancel(made, stranger).status()).isEqualTo(404);
        assertThat(cancel(notMadeYet, stranger).status()).isEqualTo(404);
        assertThat(cancel(Purchase.any(), stranger).status()).isEqualTo(404);

        awaitStatus(made, OrderStatus.PENDING_PAYMENT);
    }

    @Test
    void whileTheDropIsAwayAnOrderThatIsNotMadeYetIsBusyAndOthersAreCancelled() {
        var made = ordered(Purchase.any());
        var notMadeYet = bought(Purchase.any());
        DROP.goAway();

        var busy = cancel(notMadeYet, notMadeYet.userId());

        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.code()).isEqualTo("BUSY");
        assertThat(busy.http().headers().firstValue("Retry-After")).isPresent();
        assertThat(cancel(made, made.userId()).status()).isEqualTo(200);
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(callers);
        var answers = new ArrayList<T>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<T>>();
            for (int i = 0; i < callers; i++) {
                calls.add(crowd.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            for (var one : calls) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
