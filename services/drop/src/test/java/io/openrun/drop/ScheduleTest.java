package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.drop.Neighbours.Silence;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.calls.ServiceCalls;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drops come onto the calendar with their units, change before they open, and give back what they did not sell. */
class ScheduleTest {

    private static final String ADMIN = Tokens.admin();

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.open("openrun.drop.drafts.abandoned-after=1s", "openrun.drop.drafts.look-every=200ms");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void movesTheUnitsOutOfTheProduct() {
        var product = shop.neighbours.product(100);
        var opensAt = Instant.now().plusSeconds(60);

        var answer = shop.schedule(product, 30, 2, opensAt, opensAt.plusSeconds(60), "");

        assertThat(answer.statusCode()).isEqualTo(201);
        var drop = json(answer);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/api/v1/drops/" + drop.get("id").stringValue());
        assertThat(drop.get("state").stringValue()).isEqualTo("SCHEDULED");
        assertThat(drop.get("remaining").longValue()).isEqualTo(30);
        assertThat(Instant.parse(drop.get("serverTime").stringValue())).isBefore(opensAt);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(70);
        assertThat(json(shop.get(shop.web("/api/v1/drops/" + drop.get("id").stringValue()), null)))
                .isNotNull();
    }

    @Test
    void schedulesOneDropForOneKeyHoweverOftenAndAnswersTheSameBytes() {
        var product = shop.neighbours.product(100);
        var body = body(product, 30);

        var answers = IntStream.range(0, 12)
                .parallel()
                .mapToObj(i -> post(body, "friday"))
                .toList();
        var again = post(body, "friday");

        assertThat(answers.stream().map(HttpResponse::statusCode)).contains(201).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> assertThat(
                        json(answer).get("code").stringValue())
                .isEqualTo("IDEMPOTENCY_IN_FLIGHT"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Location")).isPresent();
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201).map(HttpResponse::body))
                .containsOnly(again.body());
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(70);
    }

    @Test
    void refusesAKeyThatScheduledSomethingElseAndGivesBackAKeyThatScheduledNothing() {
        var product = shop.neighbours.product(40);

        assertThat(post(body(product, 41), "soon").statusCode()).isEqualTo(409);
        assertThat(post(body(product, 30), "soon").statusCode()).isEqualTo(201);
        var other = post(body(product, 10), "soon");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).get("code").stringValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(post(body(product, 10), "not a key").statusCode()).isEqualTo(400);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(10);
    }

    private static String body(UUID product, long quantity) {
        var opensAt = Instant.now().plusSeconds(60);
        return """
                {"productId":"%s","title":"A drop","quantity":%d,"price":15000,"perUserLimit":1,
                 "opensAt":"%s","closesAt":"%s"}
                """.formatted(product, quantity, opensAt, opensAt.plusSeconds(60));
    }

    private static HttpResponse<String> post(String body, String key) {
        return shop.post(shop.web("/api/v1/drops"), ADMIN, body, "Idempotency-Key", key);
    }

    @Test
    void refusesMoreUnitsThanTheProductHas() {
        var product = shop.neighbours.product(10);

        var answer = schedule(product, 11, "");

        assertThat(code(answer)).isEqualTo("409 INSUFFICIENT_STOCK");
        assertThat(json(answer).get("remaining").longValue()).isEqualTo(10);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(10);
    }

    @Test
    void knowsNoProductThatDoesNotExist() {
        assertThat(code(schedule(UUID.randomUUID(), 1, ""))).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void namesTheStrategiesThereAre() {
        var answer = schedule(shop.neighbours.product(10), 1, ",\"strategy\":\"hope\"");

        assertThat(code(answer)).isEqualTo("422 STRATEGY_UNKNOWN");
        assertThat(answer.body()).contains("group-commit", "redis-lock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"group-commit", "conditional-update", "pessimistic", "redis-lock"})
    void sellsByWhicheverStrategyTheDropNames(String strategy) {
        var drop = shop.drop(2, 1, ",\"strategy\":\"" + strategy + "\"");

        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 SOLD_OUT");
    }

    @Test
    void bringsBackTheUnitsOfADropThatWasNeverFinished() {
        var before = shop.neighbours.product(10);
        var after = shop.neighbours.product(10);
        try {
            shop.neighbours.fallSilent(Silence.BEFORE);
            assertThat(code(schedule(before, 4, ""))).isEqualTo("503 BUSY");
            shop.neighbours.fallSilent(Silence.AFTER);
            assertThat(code(schedule(after, 4, ""))).isEqualTo("503 BUSY");
            assertThat(shop.neighbours.stockOf(after)).isEqualTo(6);
        } finally {
            shop.neighbours.fallSilent(Silence.NONE);
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(phases(before)).isEqualTo("WITHDRAWN");
            assertThat(phases(after)).isEqualTo("WITHDRAWN");
        });
        assertThat(shop.neighbours.stockOf(before)).isEqualTo(10);
        assertThat(shop.neighbours.stockOf(after)).isEqualTo(10);
    }

    @Test
    void givesBackWhatWasNotSoldOnceNothingIsHeld() {
        var product = shop.neighbours.product(10);
        var now = Instant.now();
        var drop =
                shop.scheduled(product, 10, 10, now.minusSeconds(1), now.plusSeconds(2), ",\"paymentWindowSeconds\":3");
        assertThat(shop.buy(drop, Tokens.shopper(), 4).statusCode()).isEqualTo(201);
        assertThat(shop.neighbours.stockOf(product)).isZero();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(shop.neighbours.stockOf(product))
                .isEqualTo(10));

        var audit = shop.audit(drop);
        assertThat(audit.get("quantity").longValue()).isEqualTo(10);
        assertThat(audit.get("remaining").longValue()).isEqualTo(10);
        assertThat(json(shop.get(shop.web("/api/v1/drops/" + drop), null))
                        .get("state")
                        .stringValue())
                .isEqualTo("CLOSED");
    }

    @Test
    void changesBeforeTheOpeningOnly() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
        var open = shop.openDrop(10, 1);

        var changed = patch(drop, "{\"price\":777,\"perUserLimit\":3,\"title\":\"Better\"}");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).get("price").longValue()).isEqualTo(777);
        assertThat(json(changed).get("perUserLimit").longValue()).isEqualTo(3);
        assertThat(json(changed).get("title").stringValue()).isEqualTo("Better");
        assertThat(code(patch(open, "{\"price\":1}"))).isEqualTo("409 DROP_NOT_CHANGEABLE");
        assertThat(code(patch(drop, "{\"quantity\":1}"))).isEqualTo("400 VALIDATION_FAILED");
        assertThat(code(patch(UUID.randomUUID(), "{\"price\":1}"))).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void tellsTheCatalogUntilWhenAChangedDropIsOnSale() {
        var opensAt = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
        patch(drop, "{\"price\":7}");
        assertThat(shop.neighbours.windowOf(drop)).isEmpty();

        patch(drop, "{\"closesAt\":\"" + opensAt.plusSeconds(60) + "\"}");

        assertThat(shop.neighbours.windowOf(drop).orElseThrow().closesAt()).isEqualTo(opensAt.plusSeconds(60));
    }

    @Test
    void tellsTheCatalogLaterWhenItWasAway() {
        var opensAt = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
        try {
            shop.neighbours.fallSilent(Silence.BEFORE);
            assertThat(patch(drop, "{\"closesAt\":\"" + opensAt.plusSeconds(60) + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            shop.neighbours.fallSilent(Silence.NONE);
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(shop.neighbours.windowOf(drop))
                .hasValueSatisfying(window -> assertThat(window.closesAt()).isEqualTo(opensAt.plusSeconds(60))));
    }

    @Test
    void tellsTheCatalogThatADropIsCalledOffAlsoWhenNothingComesBack() {
        var now = Instant.now();
        var drop = shop.scheduled(shop.neighbours.product(1), 1, 1, now.minusSeconds(1), now.plusSeconds(600), "");
        pay(json(shop.buy(drop, Tokens.shopper(), 1)).get("orderId").stringValue());

        shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), ADMIN, "");

        assertThat(shop.neighbours.windowOf(drop))
                .hasValueSatisfying(window -> assertThat(window.closesAt()).isNull());
    }

    @Test
    void opensEarlierWhenItIsMovedAndSellsAtTheNewPrice() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 DROP_NOT_OPEN");

        patch(drop, "{\"price\":5,\"opensAt\":\"" + Instant.now().plusSeconds(3) + "\"}");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var answer = shop.buy(drop, Tokens.shopper(), 1);
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(json(answer).get("amount").longValue()).isEqualTo(5);
        });
    }

    @Test
    void callsADropOffAndReturnsItsUnits() {
        var product = shop.neighbours.product(10);
        var now = Instant.now();
        var drop = shop.scheduled(product, 10, 1, now.minusSeconds(1), now.plusSeconds(600), "");
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);

        var cancelled = shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");

        assertThat(json(cancelled).get("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 DROP_CLOSED");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(shop.neighbours.stockOf(product))
                .isEqualTo(10));
    }

    @Test
    void listsEachDropOncePageByPage() {
        for (int i = 0; i < 5; i++) {
            shop.openDrop(1, 1);
        }
        var seen = new HashSet<String>();
        int items = 0;
        var next = "";
        do {
            var page = json(shop.get(shop.web("/api/v1/drops?limit=2&state=OPEN" + next), null));
            for (var item : page.get("items")) {
                items++;
                seen.add(item.get("id").stringValue());
                assertThat(item.get("state").stringValue()).isEqualTo("OPEN");
            }
            next = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").stringValue();
        } while (!next.isEmpty());
        assertThat(items).isEqualTo(seen.size()).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/drops?state=NONE",
                "/api/v1/drops?limit=0",
                "/api/v1/drops?limit=101",
                "/api/v1/drops?limit=x",
                "/api/v1/drops?cursor=x",
            })
    void refusesListsThatMakeNoSense(String path) {
        assertThat(code(shop.get(shop.web(path), null))).isEqualTo("400 VALIDATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quantity\":0",
                "\"quantity\":-1",
                "\"quantity\":1.5",
                "\"quantity\":\"1\"",
                "\"quantity\":null",
                "\"quantity\":9223372036854775808",
                "\"quantity\":9223372036854775807",
                "\"price\":-1",
                "\"price\":9223372036854775807",
                "\"perUserLimit\":0",
                "\"perUserLimit\":1001",
                "\"title\":\"\"",
                "\"title\":\"   \"",
                "\"title\":\"a\\u0000b\"",
                "\"title\":7",
                "\"productId\":\"x\"",
                "\"productId\":null",
                "\"opensAt\":\"yesterday\"",
                "\"opensAt\":\"1970-01-01T00:00:00Z\"",
                "\"opensAt\":\"+999999999-01-01T00:00:00Z\"",
                "\"closesAt\":\"2020-01-01T00:00:00Z\"",
                "\"paymentWindowSeconds\":0",
                "\"paymentWindowSeconds\":\" \"",
                "\"paymentWindowSeconds\":86401",
                "\"status\":\"OPEN\"",
            })
    void refusesPlansThatMakeNoSense(String member) {
        var product = shop.neighbours.product(1_000);
        var now = Instant.now();
        var name = member.substring(1, member.indexOf('"', 1));
        var body = """
                {"productId":"%s","title":"A drop","quantity":10,"price":15000,"perUserLimit":1,
                 "opensAt":"%s","closesAt":"%s","paymentWindowSeconds":600}
                """.formatted(product, now, now.plusSeconds(60));
        body = body.contains("\"" + name + "\"")
                ? body.replaceAll(
                        "\"" + name + "\":(\"[^\"]*\"|\\d+)", java.util.regex.Matcher.quoteReplacement(member))
                : body.replace("{", "{" + member + ",");

        var answer = shop.post(shop.web("/api/v1/drops"), Tokens.admin(), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(1_000);
    }

    @Test
    void letsOnlyAdministratorsSchedule() {
        var body = "{}";

        assertThat(code(shop.post(shop.web("/api/v1/drops"), Tokens.shopper(), body)))
                .isEqualTo("403 FORBIDDEN");
        assertThat(code(shop.post(shop.web("/api/v1/drops"), null, body))).isEqualTo("401 UNAUTHENTICATED");
        assertThat(code(shop.get(shop.web("/api/v1/drops/" + UUID.randomUUID() + "/audit"), Tokens.shopper())))
                .isEqualTo("403 FORBIDDEN");
    }

    @Test
    void tellsTheStorefrontWhereTheLaneIs() {
        var config = json(shop.get(shop.web("/api/v1/config"), null));

        assertThat(config.get("fastLaneUrl").stringValue()).isEqualTo("http://127.0.0.1:" + shop.lanePort());
        assertThat(config.get("currency").stringValue()).isEqualTo("KRW");
        assertThat(config.get("languages")).hasSize(2);
        assertThat(config.get("demo").booleanValue()).isFalse();
    }

    private static void pay(String order) {
        var confirmed = shop.send(DropShop.request(
                        shop.web("/internal/holds/" + order + "/confirm"),
                        null,
                        ServiceCalls.SERVICE_KEY_HEADER,
                        SharedEngines.secrets().serviceKey())
                .POST(BodyPublishers.noBody()));
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
    }

    private static HttpResponse<String> schedule(UUID product, long units, String more) {
        var now = Instant.now();
        return shop.schedule(product, units, 1, now, now.plusSeconds(60), more);
    }

    private static HttpResponse<String> patch(UUID drop, String body) {
        return shop.send(DropShop.request(shop.web("/api/v1/drops/" + drop), Tokens.admin())
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private static String phases(UUID product) {
        return shop.database()
                .sql("SELECT string_agg(phase, ',') FROM drops.drop WHERE product_id = ?")
                .param(product)
                .query(String.class)
                .single();
    }
}
