package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openrun.payment.card.CardAnswer;
import io.openrun.payment.card.CardBehaviour;
import io.openrun.payment.card.RefundAnswer;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

class CardNetworkTest {

    private final Shop shop = Shop.shared();

    @AfterEach
    void makeCardsFaithful() {
        shop.cards().behave(Shop.FAITHFUL);
    }

    @Test
    void approvesAboutAsOftenAsItIsToldTo() {
        shop.cards().behave(new CardBehaviour(0.7, 0, 0, 0, 0, 0));

        long approved = IntStream.range(0, 300)
                .filter(i -> shop.cards().charge(UUID.randomUUID(), 1) instanceof CardAnswer.Approved)
                .count();

        assertThat(approved).isBetween(170L, 250L);
    }

    @Test
    void staysWithItsFirstAnswer() {
        var payment = UUID.randomUUID();

        var first = shop.cards().charge(payment, 1_000);
        shop.cards().behave(new CardBehaviour(0, 0, 0, 1, 0, 0));

        assertThat(first).isEqualTo(new CardAnswer.Approved());
        assertThat(shop.cards().charge(payment, 1_000)).isEqualTo(first);
        assertThat(shop.cards().forgo(payment, 1_000)).isEqualTo(first);
    }

    @Test
    void refundsOnce() {
        var payment = UUID.randomUUID();
        shop.cards().charge(payment, 1_000);

        assertThat(shop.cards().refund(payment)).isEqualTo(RefundAnswer.REFUNDED);
        var when = refundedAt(payment);
        assertThat(shop.cards().refund(payment)).isEqualTo(RefundAnswer.REFUNDED);

        assertThat(refundedAt(payment)).isEqualTo(when);
    }

    @Test
    void knowsNoRefundWithoutACharge() {
        assertThatThrownBy(() -> shop.cards().refund(UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isNotToBeCalledInsideATransaction() {
        var transaction = shop.bean(TransactionTemplate.class);

        assertThatThrownBy(() -> transaction.execute(status -> shop.cards().charge(UUID.randomUUID(), 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void changesItsMoodOverHttpInADemonstration() {
        var changed = shop.send(shop.internalRequest("/internal/card-network")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("""
                        {"successProbability": 0.5, "latencyMinMillis": 1, "latencyMaxMillis": 2,
                         "timeoutProbability": 0.1, "lateProbability": 0.2, "lateDelayMillis": 3000}"""))
                .build());

        changed.is(200);
        assertThat(shop.cards().behaviour()).isEqualTo(new CardBehaviour(0.5, 1, 2, 0.1, 0.2, 3_000));
        assertThat(shop.send(shop.internalRequest("/internal/card-network")
                                .GET()
                                .build())
                        .body())
                .isEqualTo(changed.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"successProbability\": 2}",
                "{\"successProbability\": -1}",
                "{\"latencyMinMillis\": 2, \"latencyMaxMillis\": 1}",
                "{\"mood\": \"bad\"}"
            })
    void refusesAMoodNobodyCanHave(String body) {
        shop.send(shop.internalRequest("/internal/card-network")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .isProblem(400, "VALIDATION_FAILED");
    }

    @Test
    void isNobodysToSwitchWithoutTheServiceKey() {
        var token = shop.shopper().token();

        assertThat(shop.get("/internal/card-network", token).status()).isIn(403, 404);
        assertThat(shop.get("/internal/card-network", "").status()).isIn(401, 404);
    }

    private String refundedAt(UUID payment) {
        return shop.database()
                .queryForObject(
                        "SELECT refunded_at::text FROM payments.card_network_charge WHERE payment_id = ?",
                        String.class,
                        payment);
    }
}
