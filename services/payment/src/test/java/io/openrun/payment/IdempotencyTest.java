package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.OrderEvent;
import io.openrun.payment.card.CardBehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

class IdempotencyTest {

    private static final String KEY = "Idempotency-Key";
    private static final String CHARGES = "/api/v1/points/charges";

    private final Shop shop = Shop.shared();

    @AfterEach
    void makeCardsFaithful() {
        shop.cards().behave(Shop.FAITHFUL);
    }

    @Test
    void chargesOncePerKeyAndAnswersTheSameBytes() {
        var shopper = shop.shopper();

        var first = shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, "a")
                .is(201);
        shopper.charges(1).is(201);
        var second = shop.post(CHARGES, shopper.token(), "{ \"amount\": 100 }", KEY, "a")
                .is(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(shopper.points()).isEqualTo(101);
    }

    @Test
    void refusesAKeyOfAnotherBody() {
        var shopper = shop.shopper();
        shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, "a").is(201);

        shop.post(CHARGES, shopper.token(), "{\"amount\":101}", KEY, "a").isProblem(422, "IDEMPOTENCY_KEY_REUSED");

        assertThat(shopper.points()).isEqualTo(100);
    }

    @Test
    void keepsKeysOfPeopleApart() {
        var one = shop.shopper();
        var other = shop.shopper();

        shop.post(CHARGES, one.token(), "{\"amount\":100}", KEY, "a").is(201);
        shop.post(CHARGES, other.token(), "{\"amount\":200}", KEY, "a").is(201);

        assertThat(one.points()).isEqualTo(100);
        assertThat(other.points()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", ""})
    void refusesAMalformedKeyBeforeAnythingHappens(String key) {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);

        shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, key).isProblem(400, "IDEMPOTENCY_KEY_INVALID");
        shop.post("/api/v1/payments/" + payment.id() + "/confirm", shopper.token(), "", KEY, key)
                .isProblem(400, "IDEMPOTENCY_KEY_INVALID");

        assertThat(shopper.points()).isZero();
        assertThat(shopper.sees(payment.id()).text("status")).isEqualTo("READY");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        var shopper = shop.shopper();

        shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, "k".repeat(256))
                .isProblem(400, "IDEMPOTENCY_KEY_INVALID");
        shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, "k".repeat(255))
                .is(201);
    }

    @Test
    void saysSoWhileTheFirstRequestIsInFlight() throws Exception {
        var shopper = shop.shopper();
        shopper.charges(1).is(201);
        var locked = new CountDownLatch(1);
        var release = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> shop.bean(TransactionTemplate.class).executeWithoutResult(status -> {
                shop.database().queryForList("SELECT id FROM payments.account WHERE id = ? FOR UPDATE", shopper.id());
                locked.countDown();
                awaitQuietly(release);
            }));
            locked.await();
            var first = threads.submit(() -> shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, "a"));
            await().atMost(Duration.ofSeconds(10)).until(this::somebodyWaitsForALock);

            shop.post(CHARGES, shopper.token(), "{\"amount\":100}", KEY, "a").isProblem(409, "IDEMPOTENCY_IN_FLIGHT");

            release.countDown();
            first.get().is(201);
        }
        assertThat(shopper.points()).isEqualTo(101);
    }

    @Test
    void entersAPaymentOncePerKeyWhateverBecameOfTheOrder() {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);
        var body = Shopper.entering(order, "CARD");

        var first =
                shop.post("/api/v1/payments", shopper.token(), body, KEY, "a").is(201);
        shopper.confirms(first.id()).is(200);
        var second =
                shop.post("/api/v1/payments", shopper.token(), body, KEY, "a").is(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        shop.post("/api/v1/payments", shopper.token(), Shopper.entering(order, "POINTS"), KEY, "a")
                .isProblem(422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void answersAFinalConfirmationAgainAfterTheRefund() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        var path = "/api/v1/payments/" + payment.id() + "/confirm";

        var first = shop.post(path, shopper.token(), "", KEY, "a").is(200);
        shop.hears(new OrderEvent.RefundDue(
                UUID.fromString(payment.text("orderId")), shopper.id(), payment.id(), "HOLD_GONE", Instant.now()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shopper.sees(payment.id()).text("status").equals("REFUNDED"));
        var second = shop.post(path, shopper.token(), "{}", KEY, "a").is(200);

        assertThat(first.text("status")).isEqualTo("SUCCEEDED");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void doesNotKeepAnAnswerOfPending() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        var path = "/api/v1/payments/" + payment.id() + "/confirm";
        shop.cards().behave(new CardBehaviour(1, 0, 1, 0, 1, 3_000));

        var first = shop.post(path, shopper.token(), "", KEY, "a").is(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shopper.sees(payment.id()).text("status").equals("SUCCEEDED"));
        var second = shop.post(path, shopper.token(), "", KEY, "a").is(200);

        assertThat(first.text("status")).isEqualTo("PENDING");
        assertThat(second.text("status")).isEqualTo("SUCCEEDED");
    }

    private boolean somebodyWaitsForALock() {
        return shop.database()
                        .queryForObject(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                        + "AND datname = current_database()",
                                Long.class)
                > 0;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
