package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.e2e.Shopper.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/** Whatever is sent, the answer is the right problem, never a 5xx, and nothing has changed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputTest {

    private static TheShop shop;
    private static Shopper admin;
    private static Shopper shopper;
    private static String product;
    private static String drop;

    /** A field of a JSON body that must be a whole number within bounds. */
    private record NumberField(String method, String path, String field, Map<String, Object> good, Shopper as) {}

    @BeforeAll
    static void aShopWithAProductAndAnOpenDrop() {
        shop = TheShop.running();
        admin = shop.admin();
        shopper = shop.newShopper();
        product = shop.newProduct(1_000);
        drop = shop.newOpenDrop(product, 100, 2);
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryNumberThatIsNone() {
        var fields = List.of(
                new NumberField("POST", "/api/v1/products", "price", productBody(), admin),
                new NumberField("POST", "/api/v1/products", "quantity", productBody(), admin),
                new NumberField("PATCH", "/api/v1/products/" + product, "price", Map.of(), admin),
                new NumberField(
                        "POST",
                        "/api/v1/products/" + product + "/stock-adjustments",
                        "delta",
                        Map.of("reason", "x"),
                        admin),
                new NumberField("POST", "/api/v1/drops", "quantity", dropBody(), admin),
                new NumberField("POST", "/api/v1/drops", "price", dropBody(), admin),
                new NumberField("POST", "/api/v1/drops", "perUserLimit", dropBody(), admin),
                new NumberField("POST", "/api/v1/drops", "paymentWindowSeconds", dropBody(), admin),
                new NumberField("POST", "/api/v1/drops/" + drop + "/purchases", "quantity", Map.of(), shopper),
                new NumberField(
                        "POST", "/api/v1/drops/" + drop + "/purchases", "quantity", Map.of(), shopper.at(shop.lane())),
                new NumberField("POST", "/api/v1/points/charges", "amount", Map.of(), shopper));
        var values = new ArrayList<>(List.of(
                "1.5", "1e400", "99999999999999999999", "\"1\"", "\"\"", "true", "[]", "{}", "[1]", "NaN", "-1e3"));
        return fields.stream().flatMap(f -> {
            var all = new ArrayList<>(values);
            if (!f.field().equals("delta")) {
                all.addAll(List.of("-1", "-9223372036854775808"));
                all.add("9223372036854775807");
            }
            boolean zeroIsFine =
                    (f.path().equals("/api/v1/products") || f.path().equals("/api/v1/products/" + product))
                            || (f.path().equals("/api/v1/drops") && f.field().equals("price"));
            if (!zeroIsFine) {
                all.add("0");
            }
            boolean optional = f.method().equals("PATCH") || f.field().equals("paymentWindowSeconds");
            if (!optional) {
                all.add("null");
            }
            return all.stream()
                    .map(value -> DynamicTest.dynamicTest(
                            f.method() + " " + f.path().replaceAll("[0-9a-f-]{36}", "{id}") + " " + f.field() + " = "
                                    + value,
                            () -> f.as().raw(f.method(), f.path(), withField(f.good(), f.field(), value), Map.of())
                                    .isProblem(400, 409, 422)));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesFieldsThatNobodyKnowsInBodiesThatAreGoodOtherwise() {
        var purchase = Map.<String, Object>of("quantity", 1);
        return Stream.of(
                        new Body("POST", "/api/v1/products", productBody(), admin),
                        new Body("PATCH", "/api/v1/products/" + product, Map.of("price", 2_000), admin),
                        new Body(
                                "POST",
                                "/api/v1/products/" + product + "/stock-adjustments",
                                Map.of("delta", 1, "reason", "x"),
                                admin),
                        new Body("POST", "/api/v1/drops", dropBody(), admin),
                        new Body("POST", "/api/v1/drops/" + drop + "/purchases", purchase, shopper),
                        new Body("POST", "/api/v1/drops/" + drop + "/purchases", purchase, shopper.at(shop.lane())),
                        new Body("POST", "/api/v1/points/charges", Map.of("amount", 1_000), shopper))
                .map(body -> DynamicTest.dynamicTest(
                        body.method() + " " + body.path().replaceAll("[0-9a-f-]{36}", "{id}"), () -> body.as()
                                .raw(body.method(), body.path(), withField(body.good(), "unheardOf", "1"), Map.of())
                                .isProblem(400)));
    }

    private record Body(String method, String path, Map<String, Object> good, Shopper as) {}

    @TestFactory
    Stream<DynamicTest> refusesBodiesThatAreNoJsonOrTooMuch() {
        return posts().map(target ->
                DynamicTest.dynamicTest("POST " + target.path().replaceAll("[0-9a-f-]{36}", "{id}"), () -> {
                    for (var body :
                            List.of("", "{", "null", "[]", "\"x\"", "42", "{\"a\":1,}", "\u0000", "{} {}", "<xml/>")) {
                        target.as().raw("POST", target.path(), body, Map.of()).isProblem(400);
                    }
                    target.as()
                            .raw("POST", target.path(), "{\"unheardOf\":1}", Map.of())
                            .isProblem(400);
                    target.as()
                            .raw("POST", target.path(), "{\"pad\":\"" + "x".repeat(1 << 20) + "\"}", Map.of())
                            .isProblem(413);
                    target.as()
                            .raw(
                                    "POST",
                                    target.path(),
                                    "a=b",
                                    Map.of("Content-Type", "application/x-www-form-urlencoded"))
                            .isProblem(415);
                    target.as()
                            .raw("POST", target.path(), "{}", Map.of("Content-Type", "text/plain"))
                            .isProblem(415);
                }));
    }

    @TestFactory
    Stream<DynamicTest> answersUnknownIdsWith404() {
        var paths = List.of(
                "/api/v1/products/%s",
                "/api/v1/products/%s/stock", "/api/v1/drops/%s", "/api/v1/orders/%s", "/api/v1/payments/%s");
        var ids = List.of(UUID.randomUUID().toString(), "0", "-1", "x", "null", "%00", "..%2f..", "9".repeat(300));
        return paths.stream().flatMap(path -> ids.stream()
                .map(id -> DynamicTest.dynamicTest(path.formatted(id.length() > 40 ? "long" : id), () -> {
                    var answer = shopper.get(path.formatted(id));
                    assertThat(answer.status()).as("%s", answer).isIn(400, 404);
                })));
    }

    @Test
    void answersUnknownThingsToBuyCancelOrPayWith404() {
        var unknown = UUID.randomUUID();
        shopper.post("/api/v1/drops/" + unknown + "/purchases", Map.of("quantity", 1))
                .isProblem(404);
        shopper.at(shop.lane())
                .post("/api/v1/drops/" + unknown + "/purchases", Map.of("quantity", 1))
                .isProblem(404);
        shopper.at(shop.lane())
                .post("/api/v1/drops/x/purchases", Map.of("quantity", 1))
                .isProblem(404);
        shopper.post("/api/v1/orders/" + unknown + "/cancel", "").isProblem(404);
        shopper.post("/api/v1/payments/" + unknown + "/confirm", "").isProblem(404);
        shopper.post("/api/v1/payments", Map.of("orderId", unknown, "method", "CARD"))
                .isProblem(404);
        shopper.get("/api/v1/nothing/here").isProblem(404);
        shopper.at(shop.lane()).get("/api/v1/nothing/here").isProblem(404);
    }

    @Test
    void refusesWrongMethodsAndListLimits() {
        shopper.delete("/api/v1/orders").isProblem(405);
        shopper.at(shop.lane())
                .raw("PUT", "/api/v1/drops/" + drop + "/purchases", "{}", Map.of())
                .isProblem(405);
        for (var limit : List.of("0", "-1", "101", "x", "1.5", "99999999999")) {
            shopper.get("/api/v1/products?limit=" + limit).isProblem(400);
            shopper.get("/api/v1/orders?limit=" + limit).isProblem(400);
            shopper.get("/api/v1/drops?limit=" + limit).isProblem(400);
        }
        shopper.get("/api/v1/products?cursor=garbage!").isProblem(400);
        shopper.get("/api/v1/products?sort=sideways").isProblem(400);
        shopper.get("/api/v1/orders?status=SIDEWAYS").isProblem(400);
        shopper.get("/api/v1/drops?state=SIDEWAYS").isProblem(400);
    }

    @Test
    void refusesMalformedIdempotencyKeys() {
        for (var key : List.of("a b", "x".repeat(256))) {
            var headers = Map.of("Idempotency-Key", key);
            shopper.post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1), headers)
                    .isProblem(400);
            shopper.at(shop.lane())
                    .post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1), headers)
                    .isProblem(400);
            shopper.post("/api/v1/points/charges", Map.of("amount", 1), headers).isProblem(400);
        }
    }

    @Test
    void refusesWindowsThatCannotBe() {
        var bad = new java.util.HashMap<>(dropBody());
        bad.put("closesAt", bad.get("opensAt"));
        admin.post("/api/v1/drops", bad).isProblem(400, 422);
        bad.put("closesAt", "yesterday");
        admin.post("/api/v1/drops", bad).isProblem(400);
        bad.put("closesAt", 12345);
        admin.post("/api/v1/drops", bad).isProblem(400);
        bad.remove("closesAt");
        admin.post("/api/v1/drops", bad).isProblem(400);
        var strategy = new java.util.HashMap<>(dropBody());
        strategy.put("strategy", "unguarded");
        admin.post("/api/v1/drops", strategy).isProblem(400, 422);
    }

    @Test
    void refusesSignupsThatMakeNoSense() {
        var nobody = Shopper.nobody(shop.base());
        for (var email : List.of("", "x", "@", "a@b c", "x".repeat(400) + "@example.com")) {
            nobody.post("/api/v1/users", Map.of("email", email, "password", "long enough 1", "name", "N"))
                    .isProblem(400);
        }
        nobody.post("/api/v1/users", Map.of("email", "a@example.com", "password", "short", "name", "N"))
                .isProblem(400);
        nobody.post("/api/v1/users", Map.of("email", "a@example.com", "password", "x".repeat(5_000), "name", "N"))
                .isProblem(400);
        nobody.post(
                        "/api/v1/users",
                        Map.of("email", "a@example.com", "password", "long enough 1", "name", "N", "role", "ADMIN"))
                .isProblem(400);
        nobody.post("/api/v1/sessions", Map.of("email", "a@example.com", "password", 5))
                .isProblem(400, 401);
        nobody.post("/api/v1/users/verifications", Map.of("token", "nope")).isProblem(422, "VERIFICATION_INVALID");
        nobody.post("/api/v1/sessions/refresh", Map.of("refreshToken", "nope")).isProblem(401);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void leavesNoTraceOfWhatItRefused() {
        Answer kept = admin.get("/api/v1/products/" + product);
        assertThat(kept.ok().path("price").asLong()).isEqualTo(20_000);
        assertThat(admin.get("/api/v1/products/" + product + "/stock")
                        .ok()
                        .path("remaining")
                        .asLong())
                .isEqualTo(900);
        Answer audit = admin.get("/api/v1/drops/" + drop + "/audit");

        assertThat(audit.ok().path("held").asLong()
                        + audit.ok().path("confirmed").asLong())
                .isZero();
        assertThat(shopper.get("/api/v1/points").ok().path("balance").asLong()).isZero();
        assertThat(shopper.get("/api/v1/orders").ok().path("items").values())
                .as("a rush may have drawn the same person")
                .noneMatch(order -> order.path("dropId").asString().equals(drop));
    }

    private record Target(String path, Shopper as) {}

    private static Stream<Target> posts() {
        var nobody = Shopper.nobody(shop.base());
        return Stream.of(
                new Target("/api/v1/users", nobody),
                new Target("/api/v1/users/verifications", nobody),
                new Target("/api/v1/sessions", nobody),
                new Target("/api/v1/sessions/refresh", nobody),
                new Target("/api/v1/products", admin),
                new Target("/api/v1/products/" + product + "/stock-adjustments", admin),
                new Target("/api/v1/drops", admin),
                new Target("/api/v1/drops/" + drop + "/purchases", shopper),
                new Target("/api/v1/drops/" + drop + "/purchases", shopper.at(shop.lane())),
                new Target("/api/v1/payments", shopper),
                new Target("/api/v1/points/charges", shopper));
    }

    private static Map<String, Object> productBody() {
        return Map.of("name", "Bad input", "price", 1_000, "quantity", 5);
    }

    private static Map<String, Object> dropBody() {
        return TheShop.dropBody(product, 1, 1);
    }

    private static String withField(Map<String, Object> good, String field, String value) {
        var others = new java.util.HashMap<>(good);
        others.remove(field);
        var json = Shopper.JSON.writeValueAsString(others);
        return json.substring(0, json.length() - 1) + (others.isEmpty() ? "" : ",") + "\"" + field + "\":" + value
                + "}";
    }
}
