package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a shopper lives through, from a purchase to having paid, cancelled or lost interest. */
class PurchaseJourneyTest {

    private static TheShop shop;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
        shop.cardAlwaysSucceeds();
    }

    @Test
    void buysInADropAndPaysByCard() {
        var product = shop.newProduct(100);
        var drop = shop.newOpenDrop(product, 10, 2);
        assertThat(shop.admin()
                        .get("/api/v1/products/" + product)
                        .ok()
                        .path("remaining")
                        .asLong())
                .isEqualTo(90);
        assertThat(shop.admin()
                        .get("/api/v1/products/" + product)
                        .ok()
                        .path("drop")
                        .asString())
                .isEqualTo(drop);
        var shopper = shop.newShopper();

        var bought = shopper.at(shop.lane()).post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 2));

        assertThat(bought.status()).isEqualTo(201);
        var purchase = bought.json();
        assertThat(purchase.path("amount").asLong()).isEqualTo(2 * TheShop.PRICE);
        assertThat(purchase.path("sequence").asLong()).isEqualTo(1);
        assertThat(purchase.path("status").asString()).isEqualTo("HELD");
        assertThat(purchase.path("dropId").asString()).isEqualTo(drop);
        var orderId = purchase.path("orderId").asString();
        assertThat(shopper.get("/api/v1/orders/" + orderId).ok().path("status").asString())
                .isIn("PROCESSING", "PENDING_PAYMENT");
        var order = shopper.awaitOrder(orderId, "PENDING_PAYMENT");
        assertThat(order.path("payable").asLong()).isEqualTo(2 * TheShop.PRICE);
        assertThat(order.path("holdExpiresAt").asString())
                .isEqualTo(purchase.path("holdExpiresAt").asString());

        var entered = shopper.post("/api/v1/payments", Map.of("orderId", orderId, "method", "CARD"));
        assertThat(entered.status()).isEqualTo(201);
        assertThat(entered.json().path("status").asString()).isEqualTo("READY");
        assertThat(entered.json().path("amount").asLong()).isEqualTo(2 * TheShop.PRICE);
        var payment = entered.json().path("id").asString();
        var confirmed =
                shopper.post("/api/v1/payments/" + payment + "/confirm", "").ok();
        assertThat(confirmed.path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(shopper.post("/api/v1/payments/" + payment + "/confirm", "").ok())
                .isEqualTo(confirmed);

        shopper.awaitOrder(orderId, "PAID");
        var audit = shop.admin().get("/api/v1/drops/" + drop + "/audit").ok();
        assertThat(audit.path("confirmed").asLong()).isEqualTo(2);
        assertThat(audit.path("remaining").asLong()).isEqualTo(8);
        assertThat(audit.path("oversold").asLong()).isZero();
        assertThat(shopper.get("/api/v1/drops/" + drop + "/purchases/mine").ok().toString())
                .contains(orderId);
    }

    @Test
    void answersTheSameOnTheLaneAndOnTheMainPortAndReplaysByteForByte() {
        var drop = shop.newOpenDrop(shop.newProduct(100), 10, 5);
        var shopper = shop.newShopper();
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var path = "/api/v1/drops/" + drop + "/purchases";

        var first = shopper.at(shop.lane()).post(path, Map.of("quantity", 1), key);
        var again = shopper.at(shop.lane()).post(path, Map.of("quantity", 1), key);
        var elsewhere = shopper.post(path, Map.of("quantity", 1), key);

        assertThat(first.status()).isEqualTo(201);
        for (var replay : List.of(again, elsewhere)) {
            assertThat(replay.status()).isEqualTo(201);
            assertThat(replay.response().body()).isEqualTo(first.response().body());
            assertThat(replay.header("Idempotency-Replayed")).isEqualTo("true");
        }
        for (var base : List.of(shop.lane(), shop.base())) {
            shopper.at(base).post(path, Map.of("quantity", 2), key).isProblem(422, "IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(shop.admin()
                        .get("/api/v1/drops/" + drop + "/audit")
                        .ok()
                        .path("held")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void tellsWhyItRefuses() {
        var early = shop.newScheduledDrop(shop.newProduct(100), 10, 1, Duration.ofHours(1));
        var open = shop.newOpenDrop(shop.newProduct(100), 1, 1);
        var first = shop.newShopper();
        for (var base : List.of(shop.lane(), shop.base())) {
            var notOpen = first.at(base).post("/api/v1/drops/" + early + "/purchases", Map.of("quantity", 1));
            notOpen.isProblem(409, "DROP_NOT_OPEN");
            assertThat(notOpen.json().path("opensAt").asString()).endsWith("Z");
        }
        first.post("/api/v1/drops/" + open + "/purchases", Map.of("quantity", 1))
                .ok();
        for (var base : List.of(shop.lane(), shop.base())) {
            shop.newShopper()
                    .at(base)
                    .post("/api/v1/drops/" + open + "/purchases", Map.of("quantity", 1))
                    .isProblem(409, "SOLD_OUT");
        }
        var two = shop.newOpenDrop(shop.newProduct(100), 10, 1);
        first.post("/api/v1/drops/" + two + "/purchases", Map.of("quantity", 1)).ok();
        for (var base : List.of(shop.lane(), shop.base())) {
            first.at(base)
                    .post("/api/v1/drops/" + two + "/purchases", Map.of("quantity", 1))
                    .isProblem(409, "PURCHASE_LIMIT_REACHED");
        }
        assertThat(shop.admin().get("/api/v1/drops/" + open).ok().path("state").asString())
                .isEqualTo("SOLD_OUT");
        shop.admin()
                .post("/api/v1/drops", TheShop.dropBody(shop.newProduct(5), 6, 1))
                .isProblem(409, "INSUFFICIENT_STOCK");
    }

    @Test
    void cancelsOnceAndTheUnitsComeBackForSomebodyElse() throws Exception {
        var drop = shop.newOpenDrop(shop.newProduct(10), 1, 1);
        var shopper = shop.newShopper();
        var order = shopper.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .ok()
                .path("orderId")
                .asString();
        shopper.awaitOrder(order, "PENDING_PAYMENT");
        shop.newShopper()
                .at(shop.lane())
                .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .isProblem(409, "SOLD_OUT");

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var cancels = IntStream.range(0, 50)
                    .mapToObj(i -> callers.submit(() -> shopper.post("/api/v1/orders/" + order + "/cancel", "")))
                    .toList();
            int won = 0;
            for (var cancel : cancels) {
                if (cancel.get().status() == 200) {
                    won++;
                } else {
                    cancel.get().isProblem(409, "ORDER_NOT_CANCELLABLE");
                }
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(shopper.get("/api/v1/orders/" + order).ok().path("status").asString())
                .isEqualTo("CANCELLED");

        var next = shop.newShopper();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> next.at(shop.lane())
                                .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                                .status()
                        == 201);
        var audit = shop.admin().get("/api/v1/drops/" + drop + "/audit").ok();
        assertThat(audit.path("held").asLong()).isEqualTo(1);
        assertThat(audit.path("remaining").asLong()).isZero();
    }

    @Test
    void expiresWhatIsNotPaidAndSellsItAgain() {
        var drop = shop.newOpenDrop(shop.newProduct(10), 1, 1, Map.of("paymentWindowSeconds", 2));
        var late = shop.newShopper();
        var order = late.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .ok()
                .path("orderId")
                .asString();

        late.awaitOrder(order, "EXPIRED");

        late.post("/api/v1/payments", Map.of("orderId", order, "method", "CARD"))
                .isProblem(409, "ORDER_NOT_PAYABLE");
        shop.newShopper()
                .at(shop.lane())
                .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .ok();
    }
}
