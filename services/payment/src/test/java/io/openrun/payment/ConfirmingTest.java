package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.OrderView;
import io.openrun.contracts.PaymentEvent;
import io.openrun.payment.card.CardBehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmingTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Shop shop = Shop.shared();

    @AfterEach
    void makeCardsFaithful() {
        shop.cards().behave(Shop.FAITHFUL);
    }

    @Test
    void takesTheMoneyAndTellsOfIt() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 15_000);

        var confirmed = shopper.confirms(payment.id()).is(200);

        assertThat(confirmed.text("status")).isEqualTo("SUCCEEDED");
        assertThat(confirmed.text("createdAt")).isEqualTo(payment.text("createdAt"));
        var order = UUID.fromString(payment.text("orderId"));
        await().atMost(SOON).untilAsserted(() -> assertThat(shop.told(order))
                .singleElement()
                .isInstanceOfSatisfying(PaymentEvent.PaymentSucceeded.class, told -> {
                    assertThat(told.paymentId()).isEqualTo(payment.id());
                    assertThat(told.userId()).isEqualTo(shopper.id());
                    assertThat(told.amount()).isEqualTo(15_000);
                }));
    }

    @Test
    void tellsOfADeclinedCardAndLetsTheShopperTryAgain() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);
        shop.cards().behave(new CardBehaviour(0, 0, 1, 0, 0, 0));

        var payment = shopper.enters(order, "CARD");
        var failed = shopper.confirms(payment.id()).is(200);
        shop.cards().behave(Shop.FAITHFUL);
        var again = shopper.confirms(payment.id()).is(200);
        var next = shopper.enters(order, "CARD").is(201);

        assertThat(failed.text("status")).isEqualTo("FAILED");
        assertThat(failed.text("failureCode")).isEqualTo("CARD_DECLINED");
        assertThat(again.body()).isEqualTo(failed.body());
        assertThat(next.id()).isNotEqualTo(payment.id());
        assertThat(shopper.confirms(next.id()).text("status")).isEqualTo("SUCCEEDED");
        await().atMost(SOON).untilAsserted(() -> assertThat(shop.told(order))
                .extracting(Object::getClass)
                .isEqualTo(java.util.List.of(PaymentEvent.PaymentFailed.class, PaymentEvent.PaymentSucceeded.class)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CARD", "POINTS"})
    void takesTheMoneyOnceHoweverOftenItIsConfirmed(String method) {
        var shopper = shop.shopper();
        shopper.charges(5_000).is(201);
        var payment = shopper.hasReadyPayment(method, 3_000);
        shop.cards().behave(new CardBehaviour(1, 50, 100, 0, 0, 0));

        var answers = Shop.atOnce(50, i -> shopper.confirms(payment.id()));

        assertThat(answers).allSatisfy(answer -> answer.is(200));
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        assertThat(answers.getFirst().text("status")).isEqualTo("SUCCEEDED");
        assertThat(shopper.points()).isEqualTo(method.equals("POINTS") ? 2_000 : 5_000);
        assertThat(shop.database()
                        .queryForObject(
                                "SELECT count(*) FROM payments.card_network_charge WHERE payment_id = ?",
                                Long.class,
                                payment.id()))
                .isEqualTo(method.equals("CARD") ? 1 : 0);
        assertTold(payment, PaymentEvent.PaymentSucceeded.class);
    }

    @Test
    void failsForWantOfPointsAndTakesNone() {
        var shopper = shop.shopper();
        shopper.charges(999).is(201);
        var payment = shopper.hasReadyPayment("POINTS", 1_000);

        var failed = shopper.confirms(payment.id()).is(200);

        assertThat(failed.text("status")).isEqualTo("FAILED");
        assertThat(failed.text("failureCode")).isEqualTo("INSUFFICIENT_POINTS");
        assertThat(shopper.points()).isEqualTo(999);
        assertTold(payment, PaymentEvent.PaymentFailed.class);
    }

    @Test
    void paysForWhatCostsNothing() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("POINTS", 0);

        assertThat(shopper.confirms(payment.id()).is(200).text("status")).isEqualTo("SUCCEEDED");
        assertThat(shopper.points()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CARD", "POINTS"})
    void refusesToConfirmAfterTheHold(String method) {
        var shopper = shop.shopper();
        shopper.charges(1_000).is(201);
        var payment = shopper.hasReadyPayment(method, 1_000);

        shop.database()
                .update("UPDATE payments.payment SET expires_at = now(), attend_at = now() WHERE id = ?", payment.id());
        await().atMost(SOON)
                .until(() -> shopper.sees(payment.id()).text("status").equals("EXPIRED"));

        var refused = shopper.confirms(payment.id()).isProblem(409, "PAYMENT_NOT_CONFIRMABLE");

        assertThat(refused.text("paymentStatus")).isEqualTo("EXPIRED");
        assertThat(shopper.points()).isEqualTo(1_000);
    }

    /** The news of it travels by events and may come later than the shopper. */
    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "EXPIRED"})
    void takesNoMoneyForAnOrderThatEndedAMomentAgo(String status) {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        var order = UUID.fromString(payment.text("orderId"));
        shop.neighbours()
                .know(new OrderView(
                        order, shopper.id(), status, 1_000, Instant.now().plusSeconds(600)));

        shopper.confirms(payment.id()).isProblem(409, "PAYMENT_NOT_CONFIRMABLE");

        assertThat(shopper.sees(payment.id()).text("status")).isEqualTo("EXPIRED");
    }

    @Test
    void takesTheMoneyWhenTheOrderServiceIsAwayForTheHoldHasTheLastWord() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        shop.neighbours().ordersAreAway(true);
        try {
            assertThat(shopper.confirms(payment.id()).is(200).text("status")).isEqualTo("SUCCEEDED");
        } finally {
            shop.neighbours().ordersAreAway(false);
        }
    }

    @Test
    void refusesToConfirmAnExpiredPaymentThatNobodyHasSweptYet() {
        try (var idle = Shop.start(Map.of("openrun.payment.paying.attend-every", "1h"))) {
            var shopper = idle.shopper();
            var payment = shopper.hasReadyPayment("CARD", 1_000);
            idle.database()
                    .update(
                            "UPDATE payments.payment SET expires_at = now(), attend_at = NULL WHERE id = ?",
                            payment.id());

            shopper.confirms(payment.id()).isProblem(409, "PAYMENT_NOT_CONFIRMABLE");

            assertThat(shopper.sees(payment.id()).text("status")).isEqualTo("EXPIRED");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsOpenPaymentsWhenTheOrderEnds(boolean cancelled) {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        var order = UUID.fromString(payment.text("orderId"));

        shop.hears(
                cancelled
                        ? new OrderEvent.OrderCancelled(order, shopper.id(), UUID.randomUUID(), Instant.now())
                        : new OrderEvent.OrderExpired(order, shopper.id(), UUID.randomUUID(), Instant.now()));

        await().atMost(SOON)
                .until(() -> shopper.sees(payment.id()).text("status").equals("EXPIRED"));
        shopper.confirms(payment.id()).isProblem(409, "PAYMENT_NOT_CONFIRMABLE");
    }

    @Test
    void keepsAPaidPaymentWhenTheOrderEnds() {
        var shopper = shop.shopper();
        var paid = shopper.hasReadyPayment("CARD", 1_000);
        shopper.confirms(paid.id()).is(200);
        var open = shopper.hasReadyPayment("CARD", 1_000);

        for (var payment : java.util.List.of(paid, open)) {
            shop.hears(new OrderEvent.OrderExpired(
                    UUID.fromString(payment.text("orderId")), shopper.id(), UUID.randomUUID(), Instant.now()));
        }

        await().atMost(SOON).until(() -> shopper.sees(open.id()).text("status").equals("EXPIRED"));
        assertThat(shopper.sees(paid.id()).text("status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void hidesSomebodyElsesPayment() {
        var payment = shop.shopper().hasReadyPayment("CARD", 1_000);
        var stranger = shop.shopper();

        stranger.sees(payment.id()).isProblem(404, "NOT_FOUND");
        stranger.confirms(payment.id()).isProblem(404, "NOT_FOUND");
        stranger.confirms(UUID.randomUUID()).isProblem(404, "NOT_FOUND");
    }

    private void assertTold(Answer payment, Class<? extends PaymentEvent> once) {
        await().atMost(SOON).untilAsserted(() -> assertThat(shop.told(UUID.fromString(payment.text("orderId"))))
                .singleElement()
                .isInstanceOf(once));
    }
}
