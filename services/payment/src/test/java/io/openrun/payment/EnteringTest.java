package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnteringTest {

    private final Shop shop = Shop.shared();

    @ParameterizedTest
    @ValueSource(strings = {"CARD", "POINTS"})
    void entersAPaymentOfWhatTheOrderCosts(String method) {
        var shopper = shop.shopper();
        var order = shopper.orders(15_000);

        var entered = shopper.enters(order, method).is(201);

        assertThat(entered.number("amount")).isEqualTo(15_000);
        assertThat(entered.text("orderId")).isEqualTo(order.toString());
        assertThat(entered.text("method")).isEqualTo(method);
        assertThat(entered.text("status")).isEqualTo("READY");
        assertThat(Instant.parse(entered.text("createdAt")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(entered.json().has("failureCode")).isFalse();
        assertThat(shopper.sees(entered.id()).is(200).body()).isEqualTo(entered.body());
    }

    @Test
    void refusesAnOrderThatIsNotThere() {
        shop.shopper().enters(UUID.randomUUID(), "CARD").isProblem(404, "NOT_FOUND");
    }

    @Test
    void refusesSomebodyElsesOrder() {
        var order = shop.shopper().orders(1_000);

        shop.shopper().enters(order, "CARD").isProblem(404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROCESSING", "PAID", "SHIPPING", "DELIVERED", "EXPIRED", "CANCELLED", "RETURNED"})
    void refusesAnOrderThatIsNotToBePaid(String status) {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000, status, Instant.now().plus(Duration.ofMinutes(5)));

        var refused = shopper.enters(order, "CARD").isProblem(409, "ORDER_NOT_PAYABLE");

        assertThat(refused.text("orderStatus")).isEqualTo(status);
    }

    @Test
    void refusesAnOrderWhoseHoldIsOver() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000, "PENDING_PAYMENT", Instant.now().minusSeconds(1));

        shopper.enters(order, "CARD").isProblem(409, "ORDER_NOT_PAYABLE");
    }

    @Test
    void acceptsAnOrderWhosePaymentFailed() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000, "PAYMENT_FAILED", Instant.now().plus(Duration.ofMinutes(5)));

        shopper.enters(order, "CARD").is(201);
    }

    @Test
    void saysTryAgainWhileTheOrderServiceIsAway() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);

        shop.neighbours().ordersAreAway(true);
        try {
            var refused = shopper.enters(order, "CARD").isProblem(503, "BUSY");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
        } finally {
            shop.neighbours().ordersAreAway(false);
        }

        shopper.enters(order, "CARD").is(201);
    }

    @Test
    void findsTheReadyPaymentWhenEnteredAgain() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);

        var first = shopper.enters(order, "CARD").is(201);
        var second = shopper.enters(order, "CARD").is(201);

        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void letsAnotherMethodTakeThePlaceOfTheReadyPayment() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);

        var card = shopper.enters(order, "CARD").is(201);
        var points = shopper.enters(order, "POINTS").is(201);

        assertThat(points.id()).isNotEqualTo(card.id());
        assertThat(shopper.sees(card.id()).text("status")).isEqualTo("EXPIRED");
        shopper.confirms(card.id()).isProblem(409, "PAYMENT_NOT_CONFIRMABLE");
    }

    @Test
    void hasOneLivingPaymentPerOrderHoweverManyAreEnteredAtOnce() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);

        var answers = Shop.atOnce(50, i -> shopper.enters(order, "CARD"));

        assertThat(answers).allSatisfy(answer -> answer.is(201));
        assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
        assertThat(payments(order)).isEqualTo(1);
    }

    @Test
    void refusesAnotherPaymentOfAPaidOrder() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);
        shopper.confirms(shopper.enters(order, "CARD").id()).is(200);

        var refused = shopper.enters(order, "CARD").isProblem(409, "ORDER_NOT_PAYABLE");

        assertThat(refused.text("orderStatus")).isEqualTo("PAID");
    }

    @Test
    void listsOnlyMyPaymentsAPageAtATime() {
        var shopper = shop.shopper();
        var first = shopper.hasReadyPayment("CARD", 1_000);
        var second = shopper.hasReadyPayment("CARD", 2_000);
        var third = shopper.hasReadyPayment("CARD", 3_000);
        shop.shopper().hasReadyPayment("CARD", 4_000);

        var newest = shop.get("/api/v1/payments?limit=2", shopper.token()).is(200);
        var rest = shop.get("/api/v1/payments?limit=2&cursor=" + newest.text("nextCursor"), shopper.token())
                .is(200);

        assertThat(newest.json().path("items").findValuesAsString("id"))
                .containsExactly(third.text("id"), second.text("id"));
        assertThat(rest.json().path("items").findValuesAsString("id")).containsExactly(first.text("id"));
        assertThat(rest.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void listsThePaymentsOfAnOrder() {
        var shopper = shop.shopper();
        shopper.hasReadyPayment("CARD", 1_000);
        var wanted = shopper.hasReadyPayment("CARD", 2_000);

        var mine = shop.get("/api/v1/payments?orderId=" + wanted.text("orderId"), shopper.token())
                .is(200);
        var others = shop.get(
                        "/api/v1/payments?orderId=" + wanted.text("orderId"),
                        shop.shopper().token())
                .is(200);

        assertThat(mine.json().path("items").findValuesAsString("id")).containsExactly(wanted.text("id"));
        assertThat(others.json().path("items")).isEmpty();
    }

    private long payments(UUID order) {
        return shop.database()
                .queryForObject("SELECT count(*) FROM payments.payment WHERE order_id = ?", Long.class, order);
    }
}
