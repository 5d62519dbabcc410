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
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drop changes until it opens, and the catalog learns of every change that concerns it. */
class ScheduleChangesTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
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
    void opensEarlierWhenItIsMovedAndSellsAtTheNewPrice() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 DROP_NOT_OPEN");

        var moved = patch(drop, "{\"price\":5,\"opensAt\":\"" + Instant.now().plusSeconds(6) + "\"}");

        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var answer = shop.buy(drop, Tokens.shopper(), 1);
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(json(answer).get("amount").longValue()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 0, 1})
    void opensNowOrInASecondWhenItIsMovedThere(int seconds) {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 10, opensAt, opensAt.plusSeconds(600), "");
        var token = Tokens.shopper();
        assertThat(code(shop.buy(drop, token, 1))).isEqualTo("409 DROP_NOT_OPEN");

        var moved = patch(drop, opensIn(seconds));

        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shop.buy(drop, token, 1).statusCode() == 201);
        assertThat(json(shop.get(shop.web("/api/v1/drops/" + drop), null))
                        .get("state")
                        .stringValue())
                .isEqualTo("OPEN");
        assertThat(soldTooEarly(drop)).isZero();
        assertThat(code(patch(drop, opensIn(600)))).isEqualTo("409 DROP_NOT_CHANGEABLE");
    }

    @Test
    void opensNowOnlyOnceEverybodyKnowsThePriceThatHasJustChanged() {
        UUID drop;
        HttpResponse<String> tooSoon;
        int tries = 0;
        do { // again where the machine stood still in between
            drop = later();
            patch(drop, "{\"price\":5}");
            tooSoon = patch(drop, opensIn(0));
        } while (tooSoon.statusCode() == 200 && ++tries < 5);

        assertThat(code(tooSoon)).isEqualTo("409 DROP_NOT_CHANGEABLE");
        assertThat(tooSoon.headers().firstValue("Retry-After")).contains("2");
        var settled = drop;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> patch(settled, opensIn(0)).statusCode() == 200);
        var bought = shop.buy(drop, Tokens.shopper(), 1);
        assertThat(json(bought).get("amount").longValue()).isEqualTo(5);
    }

    /** A drop that opens later and has been looked at. */
    private static UUID later() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 DROP_NOT_OPEN");
        return drop;
    }

    private static String opensIn(int seconds) {
        return "{\"opensAt\":\"" + Instant.now().plusSeconds(seconds) + "\"}";
    }

    private static long soldTooEarly(UUID drop) {
        return shop.database().sql("""
                        SELECT count(*) FROM drops.hold h JOIN drops.drop d ON d.id = h.stock_id
                        WHERE d.id = ? AND h.held_at < d.opens_at
                        """).param(drop).query(Long.class).single();
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

        shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");

        assertThat(shop.neighbours.windowOf(drop))
                .hasValueSatisfying(window -> assertThat(window.closesAt()).isNull());
    }

    private static HttpResponse<String> patch(UUID drop, String body) {
        return shop.send(DropShop.request(shop.web("/api/v1/drops/" + drop), Tokens.admin())
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
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
}
