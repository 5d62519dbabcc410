package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a shopper lives through who pays with points, or finds too few of them. */
class PointsJourneyTest {

    private static TheShop shop;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
        shop.cardAlwaysSucceeds();
    }

    @Test
    void paysWithPointsOnceAndGetsThemBackWhenCancelled() {
        var drop = shop.newOpenDrop(shop.newProduct(10), 5, 1);
        var shopper = shop.newShopper();
        shopper.post("/api/v1/points/charges", Map.of("amount", TheShop.PRICE + 500))
                .ok();
        var order = shopper.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .ok()
                .path("orderId")
                .asString();
        shopper.awaitOrder(order, "PENDING_PAYMENT");
        var payment = shopper.post("/api/v1/payments", Map.of("orderId", order, "method", "POINTS"))
                .ok()
                .path("id")
                .asString();

        assertThat(shopper.post("/api/v1/payments/" + payment + "/confirm", "")
                        .ok()
                        .path("status")
                        .asString())
                .isEqualTo("SUCCEEDED");
        assertThat(balance(shopper)).isEqualTo(500);
        shopper.awaitOrder(order, "PAID");
        shopper.post("/api/v1/orders/" + order + "/cancel", "").ok();

        await().atMost(Duration.ofSeconds(10)).until(() -> balance(shopper) == TheShop.PRICE + 500);
        await().atMost(Duration.ofSeconds(10)).until(() -> shopper.get("/api/v1/payments/" + payment)
                .ok()
                .path("status")
                .asString()
                .equals("REFUNDED"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> shop.admin()
                                .get("/api/v1/drops/" + drop + "/audit")
                                .ok()
                                .path("remaining")
                                .asLong()
                        == 5);
    }

    @Test
    void failsAPaymentWithoutPointsAndAllowsAnother() {
        var drop = shop.newOpenDrop(shop.newProduct(10), 5, 1);
        var shopper = shop.newShopper();
        var order = shopper.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .ok()
                .path("orderId")
                .asString();
        shopper.awaitOrder(order, "PENDING_PAYMENT");
        var payment = shopper.post("/api/v1/payments", Map.of("orderId", order, "method", "POINTS"))
                .ok()
                .path("id")
                .asString();

        var failed =
                shopper.post("/api/v1/payments/" + payment + "/confirm", "").ok();

        assertThat(failed.path("status").asString()).isEqualTo("FAILED");
        assertThat(failed.path("failureCode").asString()).isEqualTo("INSUFFICIENT_POINTS");
        shopper.awaitOrder(order, "PAYMENT_FAILED");
        var second = shopper.post("/api/v1/payments", Map.of("orderId", order, "method", "CARD"))
                .ok()
                .path("id")
                .asString();
        shopper.post("/api/v1/payments/" + second + "/confirm", "").ok();
        shopper.awaitOrder(order, "PAID");
    }

    private static long balance(Shopper shopper) {
        return shopper.get("/api/v1/points").ok().path("balance").asLong();
    }
}
