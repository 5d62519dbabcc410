package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.PaymentEvent;
import io.openrun.contracts.Topics;
import io.openrun.payment.card.CardBehaviour;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefundingTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Shop shop = Shop.shared();

    @AfterEach
    void makeCardsFaithful() {
        shop.cards().behave(Shop.FAITHFUL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CARD", "POINTS"})
    void givesTheMoneyBackOnceHoweverOftenItIsDue(String method) {
        var shopper = shop.shopper();
        shopper.charges(5_000).is(201);
        var payment = shopper.hasReadyPayment(method, 3_000);
        var confirmed = shopper.confirms(payment.id()).is(200);

        for (int i = 0; i < 3; i++) {
            refundFallsDue(shopper, payment);
        }

        awaitStatus(shopper, payment, "REFUNDED");
        refundFallsDue(shopper, payment);
        hearsSomethingLater(shopper);
        assertThat(shopper.points()).isEqualTo(5_000);
        assertTold(payment, PaymentEvent.PaymentSucceeded.class, PaymentEvent.PaymentRefunded.class);
        assertThat(shopper.confirms(payment.id()).is(200).body()).isEqualTo(confirmed.body());
        assertThat(confirmed.text("status")).isEqualTo("SUCCEEDED");
        assertThat(shopper.sees(payment.id()).text("status")).isEqualTo("REFUNDED");
    }

    @Test
    void remembersARefundThatFellDueBeforeTheNetworkAnswered() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        shop.cards().behave(new CardBehaviour(1, 0, 1, 0, 1, 3_000));
        assertThat(shopper.confirms(payment.id()).text("status")).isEqualTo("PENDING");

        refundFallsDue(shopper, payment);

        awaitStatus(shopper, payment, "REFUNDED");
        assertTold(payment, PaymentEvent.PaymentSucceeded.class, PaymentEvent.PaymentRefunded.class);
    }

    @Test
    void asksAgainWhenARefundIsNotAnswered() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        shopper.confirms(payment.id()).is(200);
        shop.cards().behave(new CardBehaviour(1, 0, 1, 1, 0, 0));

        refundFallsDue(shopper, payment);
        await().atMost(SOON).until(() -> refundedByTheNetwork(payment));
        assertThat(shopper.sees(payment.id()).text("status")).isEqualTo("SUCCEEDED");
        shop.cards().behave(Shop.FAITHFUL);

        awaitStatus(shopper, payment, "REFUNDED");
        assertTold(payment, PaymentEvent.PaymentSucceeded.class, PaymentEvent.PaymentRefunded.class);
    }

    @Test
    void refundsNothingThatWasNeverTaken() {
        var shopper = shop.shopper();
        shop.cards().behave(new CardBehaviour(0, 0, 1, 0, 0, 0));
        var failed = shopper.hasReadyPayment("CARD", 1_000);
        shopper.confirms(failed.id()).is(200);
        var open = shopper.hasReadyPayment("CARD", 1_000);

        refundFallsDue(shopper, failed);
        refundFallsDue(shopper, open);

        awaitStatus(shopper, open, "EXPIRED");
        hearsSomethingLater(shopper);
        assertThat(shopper.sees(failed.id()).text("status")).isEqualTo("FAILED");
        assertTold(failed, PaymentEvent.PaymentFailed.class);
    }

    @Test
    void goesOnAfterRecordsThatAreNoEvents() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        shopper.confirms(payment.id()).is(200);
        var garbage = new ProducerRecord<>(
                Topics.ORDERS, payment.text("orderId"), "{no json".getBytes(StandardCharsets.UTF_8));
        garbage.headers().add("type", "RefundDue".getBytes(StandardCharsets.UTF_8));

        shop.hears(garbage);
        shop.hears(new ProducerRecord<>(Topics.ORDERS, payment.text("orderId"), new byte[0]));
        refundFallsDue(shopper, payment);

        awaitStatus(shopper, payment, "REFUNDED");
    }

    private void refundFallsDue(Shopper shopper, Answer payment) {
        shop.hears(new OrderEvent.RefundDue(
                UUID.fromString(payment.text("orderId")), shopper.id(), payment.id(), "HOLD_GONE", Instant.now()));
    }

    /** Whatever was said before on the same partition has been heard when this has had its effect. */
    private void hearsSomethingLater(Shopper shopper) {
        for (int i = 0; i < 8; i++) {
            var payment = shopper.hasReadyPayment("CARD", 1);
            refundFallsDue(shopper, payment);
            awaitStatus(shopper, payment, "EXPIRED");
        }
    }

    private boolean refundedByTheNetwork(Answer payment) {
        return shop.database()
                .queryForObject(
                        "SELECT refunded_at IS NOT NULL FROM payments.card_network_charge WHERE payment_id = ?",
                        Boolean.class,
                        payment.id());
    }

    private static void awaitStatus(Shopper shopper, Answer payment, String status) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(shopper.sees(payment.id()).text("status")).isEqualTo(status));
    }

    private void assertTold(Answer payment, Class<?>... events) {
        await().atMost(SOON).untilAsserted(() -> assertThat(shop.told(UUID.fromString(payment.text("orderId"))))
                .hasExactlyElementsOfTypes(events));
    }
}
