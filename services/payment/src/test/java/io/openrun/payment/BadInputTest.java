package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    private static final String CHARGES = "/api/v1/points/charges";

    private final Shop shop = Shop.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":0}",
                "{\"amount\":-1}",
                "{\"amount\":9223372036854775808}",
                "{\"amount\":99999999999999999999999999}",
                "{\"amount\":1.5}",
                "{\"amount\":1.0}",
                "{\"amount\":1e3}",
                "{\"amount\":\"1\"}",
                "{\"amount\":true}",
                "{\"amount\":null}",
                "{\"amount\":[1]}",
                "{\"amount\":{}}",
                "{\"amount\":1,\"userId\":\"x\"}",
                "{\"amount\":1,\"amount\":2}",
                "{\"amount\":1} {}",
                "{}",
                "[]",
                "null",
                "1",
                "",
                "{",
                "{\"amount\":NaN}"
            })
    void refusesAChargeThatIsNoPositiveNumber(String body) {
        var shopper = shop.shopper();

        var refused = shop.post(CHARGES, shopper.token(), body).is(400);

        assertThat(refused.text("code")).isIn("VALIDATION_FAILED", "MALFORMED_JSON");
        assertThat(shopper.points()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"orderId\":\"%s\"}",
                "{\"orderId\":\"%s\",\"method\":null}",
                "{\"orderId\":\"%s\",\"method\":\"\"}",
                "{\"orderId\":\"%s\",\"method\":\"card\"}",
                "{\"orderId\":\"%s\",\"method\":\"CASH\"}",
                "{\"orderId\":\"%s\",\"method\":0}",
                "{\"orderId\":\"%s\",\"method\":[\"CARD\"]}",
                "{\"orderId\":\"%s\",\"method\":\"CARD\",\"amount\":1}",
                "{\"orderId\":\"%s\",\"method\":\"CARD\",\"status\":\"SUCCEEDED\"}",
                "{\"orderId\":\"%s\",\"method\":\"CARD\",\"userId\":\"%s\"}",
                "{\"method\":\"CARD\"}",
                "{\"orderId\":null,\"method\":\"CARD\"}",
                "{\"orderId\":\"x\",\"method\":\"CARD\"}",
                "{\"orderId\":7,\"method\":\"CARD\"}",
                "{\"orderId\":{},\"method\":\"CARD\"}"
            })
    void refusesAPaymentThatSaysTooLittleOrTooMuch(String template) {
        var shopper = shop.shopper();
        var order = shopper.orders(1_000);

        var refused = shop.post("/api/v1/payments", shopper.token(), template.replace("%s", order.toString()))
                .isProblem(400, "VALIDATION_FAILED");

        assertThat(refused.json().path("errors")).isNotEmpty();
        assertThat(shop.get("/api/v1/payments", shopper.token()).json().path("items"))
                .isEmpty();
    }

    @Test
    void refusesAConfirmationThatSaysAnything() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);
        var path = "/api/v1/payments/" + payment.id() + "/confirm";

        shop.post(path, shopper.token(), "{\"amount\":1}").isProblem(400, "VALIDATION_FAILED");
        shop.post(path, shopper.token(), "{").isProblem(400, "MALFORMED_JSON");

        assertThat(shopper.sees(payment.id()).text("status")).isEqualTo("READY");
    }

    @Test
    void confirmsWithoutAnyBodyOrContentType() {
        var shopper = shop.shopper();
        var payment = shopper.hasReadyPayment("CARD", 1_000);

        shop.send(shop.request("/api/v1/payments/" + payment.id() + "/confirm", shopper.token())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/payments?limit=0",
                "/api/v1/payments?limit=101",
                "/api/v1/payments?limit=x",
                "/api/v1/payments?limit=1.5",
                "/api/v1/payments?limit=99999999999",
                "/api/v1/payments?cursor=%21",
                "/api/v1/payments?cursor=eHl6",
                "/api/v1/payments?orderId=x",
                "/api/v1/points/entries?limit=-1",
                "/api/v1/points/entries?cursor=eHl6"
            })
    void refusesListsWithoutSense(String path) {
        shop.get(path, shop.shopper().token()).isProblem(400, "VALIDATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "00000000-0000-0000-0000-00000000000g"})
    void findsNothingUnderWhatIsNoId(String id) {
        var shopper = shop.shopper();

        shop.get("/api/v1/payments/" + id, shopper.token()).isProblem(404, "NOT_FOUND");
        shop.post("/api/v1/payments/" + id + "/confirm", shopper.token(), "").isProblem(404, "NOT_FOUND");
    }

    @Test
    void refusesOtherContentTypesAndMethods() {
        var shopper = shop.shopper();
        var form = shop.request(CHARGES, shopper.token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("amount=1"));

        shop.send(form.build()).isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        shop.send(shop.request("/api/v1/points", shopper.token()).DELETE().build())
                .isProblem(405, "METHOD_NOT_ALLOWED");
        assertThat(shopper.points()).isZero();
    }

    @Test
    void refusesAMegabyte() {
        var shopper = shop.shopper();

        shop.post(CHARGES, shopper.token(), "{\"amount\":1,\"x\":\"" + "x".repeat(1_000_000) + "\"}")
                .isProblem(413, "PAYLOAD_TOO_LARGE");
        assertThat(shopper.points()).isZero();
    }

    @Test
    void refusesWhoeverCannotProveWhoTheyAre() {
        var unsigned = "eyJhbGciOiJub25lIn0." + shop.shopper().token().split("\\.", 3)[1] + ".";

        for (var token : new String[] {"", "x", shop.expiredToken(), Shop.tokenOfAnotherKey(), unsigned}) {
            shop.get("/api/v1/points", token).is(401);
            shop.get("/api/v1/payments", token).is(401);
            shop.post(CHARGES, token, "{\"amount\":1}").is(401);
            shop.post("/api/v1/payments", token, "{}").is(401);
            shop.post("/api/v1/payments/" + UUID.randomUUID() + "/confirm", token, "")
                    .is(401);
        }
    }

    @Test
    void explainsInKorean() {
        var shopper = shop.shopper();
        var request = shop.request("/api/v1/payments/" + UUID.randomUUID(), shopper.token())
                .header("Accept-Language", "ko-KR,ko;q=0.9")
                .GET();

        assertThat(shop.send(request.build()).isProblem(404, "NOT_FOUND").text("detail"))
                .contains("본인");
    }

    @Test
    void describesItsApi() {
        var described = shop.get("/v3/api-docs/payment", "").is(200);

        assertThat(described.json().path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/v1/payments",
                        "/api/v1/payments/{id}",
                        "/api/v1/payments/{id}/confirm",
                        "/api/v1/points",
                        "/api/v1/points/entries",
                        "/api/v1/points/charges");
        assertThat(described.body()).doesNotContain("sessionId");
    }

    @Test
    void hasNoSwitchForTheCardNetworkOutsideDemonstrations() {
        try (var serious = Shop.start(Map.of("OPENRUN_DEMO", "false"))) {
            serious.send(serious.internalRequest("/internal/card-network").GET().build())
                    .is(404);
        }
    }
}
