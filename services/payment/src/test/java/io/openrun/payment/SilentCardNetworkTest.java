package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.PaymentEvent;
import io.openrun.payment.card.CardBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of payments when the card network does not answer, or we are gone before it does. */
class SilentCardNetworkTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Shop shop = Shop.shared();

    @AfterEach
    void makeCardsFaithful() {
        shop.cards().behave(Shop.FAITHFUL);
    }

    @Test
    void resolvesTimeOutsByAskingAgain() {
        var shopper = shop.shopper();
        var payments = IntStream.range(0, 20)
                .mapToObj(i -> shopper.hasReadyPayment("CARD", 1_000 + i))
                .toList();
        shop.cards().behave(new CardBehaviour(1, 0, 1, 1, 0, 0));

        var answers = Shop.atOnce(20, i -> shopper.confirms(payments.get(i).id()));
        shop.cards().behave(Shop.FAITHFUL);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.is(200).text("status")).isEqualTo("PENDING"));
        for (var payment : payments) {
            awaitStatus(shopper, payment.id(), "SUCCEEDED");
            assertToldOnce(payment, PaymentEvent.PaymentSucceeded.class);
        }
    }

    @Test
    void answersPendingToEverybodyWhileTheNetworkIsSilent() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);
        var payment = shopper.enters(order, "CARD");
        shop.cards().behave(new CardBehaviour(1, 0, 1, 0, 1, 60_000));

        var first = shopper.confirms(payment.id()).is(200);
        shopper.enters(order, "CARD").isProblem(409, "ORDER_NOT_PAYABLE");
        var second = shopper.confirms(payment.id()).is(200);

        assertThat(first.text("status")).isEqualTo("PENDING");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void takesALateAnswerForWhatItSaysEvenAfterTheHold() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        shop.cards().behave(new CardBehaviour(1, 0, 1, 0, 1, 3_000));

        assertThat(shopper.confirms(payment.id()).is(200).text("status")).isEqualTo("PENDING");
        shop.database().update("UPDATE payments.payment SET expires_at = now() WHERE id = ?", payment.id());

        awaitStatus(shopper, payment.id(), "SUCCEEDED");
        assertToldOnce(payment, PaymentEvent.PaymentSucceeded.class);
    }

    @Test
    void finishesWhatACrashLeftBeforeTheNetworkWasAsked() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);

        crashAfterClaiming(payment.id());

        awaitStatus(shopper, payment.id(), "SUCCEEDED");
        assertToldOnce(payment, PaymentEvent.PaymentSucceeded.class);
    }

    @Test
    void finishesWhatACrashLeftAfterTheNetworkTookTheMoney() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        shop.cards().charge(payment.id(), 1_000);
        shop.cards().behave(new CardBehaviour(0, 0, 1, 0, 0, 0));

        crashAfterClaiming(payment.id());

        awaitStatus(shopper, payment.id(), "SUCCEEDED");
        assertToldOnce(payment, PaymentEvent.PaymentSucceeded.class);
    }

    @Test
    void givesUpWhatWasNeverChargedOnceTheHoldIsOver() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);

        shop.database().update("""
                        UPDATE payments.payment SET status = 'PENDING', attend_at = now(), expires_at = now()
                        WHERE id = ?
                        """, payment.id());

        awaitStatus(shopper, payment.id(), "FAILED");
        assertThat(shopper.sees(payment.id()).text("failureCode")).isEqualTo("NOT_CHARGED_IN_TIME");
        assertThat(shop.cards().charge(payment.id(), 1_000).toString()).contains("NOT_CHARGED_IN_TIME");
        assertToldOnce(payment, PaymentEvent.PaymentFailed.class);
    }

    @Test
    void tellsOfEachPaymentOnceThoughTwoInstancesLookAfterThem() {
        try (var second = Shop.start(Map.of())) {
            var shopper = shop.shopper();
            List<Answer> payments = IntStream.range(0, 60)
                    .mapToObj(i -> shopper.hasReadyPayment("CARD", 1_000))
                    .toList();

            payments.forEach(payment -> crashAfterClaiming(payment.id()));

            assertThat(second.cards()).isNotSameAs(shop.cards());
            for (var payment : payments) {
                awaitStatus(shopper, payment.id(), "SUCCEEDED");
                assertToldOnce(payment, PaymentEvent.PaymentSucceeded.class);
            }
        }
    }

    private void crashAfterClaiming(UUID paymentId) {
        shop.database()
                .update("UPDATE payments.payment SET status = 'PENDING', attend_at = now() WHERE id = ?", paymentId);
    }

    private static void awaitStatus(Shopper shopper, UUID paymentId, String status) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(shopper.sees(paymentId).text("status")).isEqualTo(status));
    }

    private void assertToldOnce(Answer payment, Class<? extends PaymentEvent> what) {
        await().atMost(SOON).untilAsserted(() -> assertThat(shop.told(UUID.fromString(payment.text("orderId"))))
                .singleElement()
                .isInstanceOf(what));
    }
}
