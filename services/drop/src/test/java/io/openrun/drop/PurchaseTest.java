package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a purchase is answered, on both ports. */
class PurchaseTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @Test
    void answersWhatWasBought() {
        var drop = shop.openDrop(5, 2);

        var answer = shop.buy(drop, Tokens.shopper(), 2);

        assertThat(answer.statusCode()).isEqualTo(201);
        var body = json(answer);
        assertThat(body.propertyNames())
                .containsExactly("orderId", "dropId", "quantity", "amount", "sequence", "status", "holdExpiresAt");
        assertThat(body.get("dropId").stringValue()).isEqualTo(drop.toString());
        assertThat(body.get("amount").longValue()).isEqualTo(30_000);
        assertThat(body.get("sequence").longValue()).isEqualTo(1);
        assertThat(body.get("status").stringValue()).isEqualTo("HELD");
        assertThat(Instant.parse(body.get("holdExpiresAt").stringValue()))
                .isBetween(Instant.now().plusSeconds(590), Instant.now().plusSeconds(610));
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(shop.audit(drop).get("remaining").longValue()).isEqualTo(3);
    }

    @Test
    void sellsExactlyTheStockToHundredsAtOnce() throws Exception {
        var drop = shop.openDrop(60, 1);

        var answers = atOnce(IntStream.range(0, 400)
                .mapToObj(i ->
                        (java.util.concurrent.Callable<HttpResponse<String>>) () -> shop.buy(drop, Tokens.shopper(), 1))
                .toList());

        assertThat(answers.stream().filter(a -> a.statusCode() == 201)).hasSize(60);
        assertThat(answers.stream().filter(a -> a.statusCode() != 201))
                .allSatisfy(a -> assertThat(code(a)).isEqualTo("409 SOLD_OUT"));
        assertThat(shop.sequences(drop))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
        var audit = shop.audit(drop);
        assertThat(audit.get("held").longValue()).isEqualTo(60);
        assertThat(audit.get("oversold").longValue()).isZero();
        assertThat(audit.get("duplicates").longValue()).isZero();
        assertThat(audit.get("sequenceGaps").longValue()).isZero();
    }

    @Test
    void givesOnePersonNoMoreThanTheLimitHoweverOftenTheyAskAtOnce() throws Exception {
        var drop = shop.openDrop(100, 3);
        var token = Tokens.shopper();

        var answers = atOnce(IntStream.range(0, 200)
                .mapToObj(i -> (java.util.concurrent.Callable<HttpResponse<String>>)
                        () -> shop.buy(drop, token, 1, "Idempotency-Key", "key-" + i))
                .toList());

        assertThat(answers.stream().filter(a -> a.statusCode() == 201)).hasSize(3);
        assertThat(answers.stream().filter(a -> a.statusCode() != 201))
                .allSatisfy(a -> assertThat(code(a)).isEqualTo("409 PURCHASE_LIMIT_REACHED"));
        assertThat(shop.audit(drop).get("remaining").longValue()).isEqualTo(97);
    }

    @Test
    void refusesMoreAtOnceThanTheLimit() {
        var drop = shop.openDrop(10, 2);

        var answer = shop.buy(drop, Tokens.shopper(), 3);

        assertThat(code(answer)).isEqualTo("409 PURCHASE_LIMIT_REACHED");
        assertThat(json(answer).get("limit").intValue()).isEqualTo(2);
    }

    @Test
    void repeatsTheSameBytesForTheSameKeyOnBothPorts() {
        var drop = shop.openDrop(10, 5);
        var token = Tokens.shopper();

        var first = shop.buy(drop, token, 1, "Idempotency-Key", "once");
        var again = shop.buy(drop, token, 1, "Idempotency-Key", "once");
        var elsewhere = shop.post(
                shop.web("/api/v1/drops/" + drop + "/purchases"), token, "{\"quantity\":1}", "Idempotency-Key", "once");

        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        for (var replayed : List.of(again, elsewhere)) {
            assertThat(replayed.statusCode()).isEqualTo(201);
            assertThat(replayed.body()).isEqualTo(first.body());
            assertThat(replayed.headers().firstValue("Idempotency-Replayed")).contains("true");
        }
        assertThat(shop.audit(drop).get("held").longValue()).isEqualTo(1);
    }

    @Test
    void replaysAlsoWhenTheDropIsSoldOut() {
        var drop = shop.openDrop(1, 1);
        var token = Tokens.shopper();
        var first = shop.buy(drop, token, 1, "Idempotency-Key", "mine");
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 SOLD_OUT");

        var again = shop.buy(drop, token, 1, "Idempotency-Key", "mine");

        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherQuantity() {
        var drop = shop.openDrop(10, 5);
        var token = Tokens.shopper();
        shop.buy(drop, token, 1, "Idempotency-Key", "used");

        var other = shop.buy(drop, token, 2, "Idempotency-Key", "used");

        assertThat(code(other)).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void refusesAMalformedKey() {
        var drop = shop.openDrop(10, 5);

        var answer = shop.buy(drop, Tokens.shopper(), 1, "Idempotency-Key", "two words");

        assertThat(code(answer)).isEqualTo("400 IDEMPOTENCY_KEY_INVALID");
    }

    @Test
    void saysWhenADropOpensAndWhatTimeItIs() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(5), 5, 1, opensAt, opensAt.plusSeconds(600), "");

        var answer = shop.buy(drop, Tokens.shopper(), 1);

        assertThat(code(answer)).isEqualTo("409 DROP_NOT_OPEN");
        assertThat(Instant.parse(json(answer).get("opensAt").stringValue()))
                .isBetween(opensAt.minusMillis(1), opensAt.plusMillis(1));
        assertThat(Instant.parse(json(answer).get("serverTime").stringValue()))
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
    }

    @Test
    void sellsWithinTheWindowOnly() {
        var now = Instant.now();
        var drop = shop.scheduled(shop.neighbours.product(50), 50, 50, now.plusMillis(1500), now.plusMillis(3500), "");
        var token = Tokens.shopper();
        assertThat(code(shop.buy(drop, token, 1))).isEqualTo("409 DROP_NOT_OPEN");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> shop.buy(drop, token, 1).statusCode() == 201);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> code(shop.buy(drop, token, 1)).equals("409 DROP_CLOSED"));

        var outside = shop.database().sql("""
                        SELECT count(*) FROM drops.hold h JOIN drops.drop d ON d.id = h.stock_id
                        WHERE d.id = ? AND (h.held_at < d.opens_at OR h.held_at >= d.closes_at)
                        """).param(drop).query(Long.class).single();
        assertThat(outside).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "[]",
                "null",
                "1",
                "{}",
                "{\"quantity\":null}",
                "{\"quantity\":0}",
                "{\"quantity\":-1}",
                "{\"quantity\":1.5}",
                "{\"quantity\":1.0}",
                "{\"quantity\":1e3}",
                "{\"quantity\":\"1\"}",
                "{\"quantity\":true}",
                "{\"quantity\":[1]}",
                "{\"quantity\":{}}",
                "{\"quantity\":01}",
                "{\"quantity\":99999999999999999999}",
                "{\"quantity\":2147483648}",
                "{\"quantity\":1,\"price\":1}",
                "{\"quantity\":1,\"quantity\":2}",
                "{\"Quantity\":1}",
                "{\"quantity\":1} x",
                "{\"quantity\":1}{\"quantity\":1}",
            })
    void refusesBadBodiesWithTheSameProblemOnBothPorts(String body) {
        var drop = shop.openDrop(10, 5);
        var token = Tokens.shopper();

        var lane = shop.post(shop.purchases(drop), token, body);
        var web = shop.post(shop.web("/api/v1/drops/" + drop + "/purchases"), token, body);

        assertThat(lane.statusCode()).isEqualTo(400);
        assertThat(lane.body()).isEqualTo(web.body());
        assertThat(lane.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(shop.audit(drop).get("held").longValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"quantity\":1}", " { \"quantity\" :\n 1\t} ", "{\"quantity\":2147483647}"})
    void readsHonestBodiesHoweverTheyAreSpaced(String body) {
        var drop = shop.openDrop(10, 5);

        var answer = shop.post(shop.purchases(drop), Tokens.shopper(), body);

        assertThat(answer.statusCode()).isIn(201, 409);
    }

    @Test
    void answersOneDropLikeTheOtherPort() {
        var drop = shop.openDrop(1, 1);
        shop.buy(drop, Tokens.shopper(), 1);

        for (var language : List.of("en", "ko")) {
            var lane = shop.buy(drop, Tokens.shopper(), 1, "Accept-Language", language);
            var web = shop.post(
                    shop.web("/api/v1/drops/" + drop + "/purchases"),
                    Tokens.shopper(),
                    "{\"quantity\":1}",
                    "Accept-Language",
                    language);

            assertThat(code(lane)).isEqualTo("409 SOLD_OUT");
            assertThat(lane.body()).isEqualTo(web.body());
            assertThat(lane.headers().firstValue("Content-Language"))
                    .isEqualTo(web.headers().firstValue("Content-Language"))
                    .contains(language);
        }
    }

    @Test
    void knowsNoDropThatDoesNotExist() {
        assertThat(code(shop.buy(UUID.randomUUID(), Tokens.shopper(), 1))).isEqualTo("404 NOT_FOUND");
        var nonsense = shop.post(shop.lane("/api/v1/drops/x/purchases"), Tokens.shopper(), "{\"quantity\":1}");
        assertThat(code(nonsense)).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void showsOnesOwnPurchasesTheSameOnBothPorts() {
        var drop = shop.openDrop(10, 5);
        var token = Tokens.shopper();
        shop.buy(drop, token, 2);
        shop.buy(drop, Tokens.shopper(), 1);

        var lane = shop.get(shop.lane("/api/v1/drops/" + drop + "/purchases/mine"), token);
        var web = shop.get(shop.web("/api/v1/drops/" + drop + "/purchases/mine"), token);

        assertThat(lane.statusCode()).isEqualTo(200);
        assertThat(lane.body()).isEqualTo(web.body());
        assertThat(json(lane).get("items")).hasSize(1);
        assertThat(json(lane).get("items").get(0).get("quantity").intValue()).isEqualTo(2);
    }

    @Test
    void refusesTokensThatProveNothing() {
        var drop = shop.openDrop(10, 5);
        var body = "{\"quantity\":1}";

        assertThat(code(shop.post(shop.purchases(drop), null, body))).isEqualTo("401 UNAUTHENTICATED");
        for (var token : List.of(Tokens.forged(), Tokens.unsigned(), "x", "a.b.c", "a".repeat(3000))) {
            var lane = shop.post(shop.purchases(drop), token, body);
            var web = shop.post(shop.web("/api/v1/drops/" + drop + "/purchases"), token, body);
            assertThat(code(lane)).isEqualTo("401 UNAUTHENTICATED");
            assertThat(lane.body()).isEqualTo(web.body());
            assertThat(lane.headers().firstValue("WWW-Authenticate"))
                    .isEqualTo(web.headers().firstValue("WWW-Authenticate"));
        }
        assertThat(code(shop.post(shop.purchases(drop), Tokens.expired(), body)))
                .isEqualTo("401 TOKEN_EXPIRED");
        assertThat(shop.audit(drop).get("held").longValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/xml", "application/jsonx"})
    void refusesOtherContentTypes(String type) {
        var drop = shop.openDrop(10, 5);

        var answer = shop.send(DropShop.request(shop.purchases(drop), Tokens.shopper())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"quantity\":1}")));

        assertThat(code(answer)).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void knowsOnlyItsOwnPlacesAndMethods() {
        var drop = shop.openDrop(10, 5);

        assertThat(code(shop.get(shop.purchases(drop), Tokens.shopper()))).isEqualTo("405 METHOD_NOT_ALLOWED");
        assertThat(code(shop.get(shop.lane("/"), null))).isEqualTo("404 NOT_FOUND");
        assertThat(code(shop.get(shop.lane("/api/v1/products"), null))).isEqualTo("404 NOT_FOUND");
        assertThat(shop.get(shop.lane("/health"), null).statusCode()).isEqualTo(200);
        assertThat(json(shop.get(shop.lane("/api/v1/drops/" + drop), null))
                        .get("state")
                        .stringValue())
                .isEqualTo("OPEN");
    }

    private static List<HttpResponse<String>> atOnce(List<java.util.concurrent.Callable<HttpResponse<String>>> calls)
            throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = calls.stream()
                    .map(call -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            start.countDown();
            var done = new java.util.ArrayList<HttpResponse<String>>();
            for (var answer : answers) {
                done.add(answer.get());
            }
            return done;
        }
    }
}
