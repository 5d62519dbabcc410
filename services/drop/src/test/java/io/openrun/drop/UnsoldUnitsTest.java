package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.drop.Neighbours.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Units that nobody bought go back to their product: of a drop that is over, called off, or was never finished. */
class UnsoldUnitsTest {

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
    void givesBackWhatWasNotSoldOnceNothingIsHeld() {
        var product = shop.neighbours.product(10);
        var now = Instant.now();
        var drop =
                shop.scheduled(product, 10, 10, now.minusSeconds(1), now.plusSeconds(5), ",\"paymentWindowSeconds\":3");
        assertThat(shop.buy(drop, Tokens.shopper(), 4).statusCode()).isEqualTo(201);
        assertThat(shop.neighbours.stockOf(product)).isZero();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(shop.neighbours.stockOf(product))
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
    void callsADropOffAndReturnsItsUnits() {
        var product = shop.neighbours.product(10);
        var now = Instant.now();
        var drop = shop.scheduled(product, 10, 1, now.minusSeconds(1), now.plusSeconds(600), "");
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);

        var cancelled = shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");

        assertThat(json(cancelled).get("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 DROP_CLOSED");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(shop.neighbours.stockOf(product))
                .isEqualTo(10));
    }

    @Test
    void bringsBackTheUnitsOfADropThatWasNeverFinished() {
        var before = shop.neighbours.product(10);
        var after = shop.neighbours.product(10);
        try {
            shop.neighbours.fallSilent(Silence.BEFORE);
            assertThat(code(shop.schedule(before, 4, ""))).isEqualTo("503 BUSY");
            shop.neighbours.fallSilent(Silence.AFTER);
            assertThat(code(shop.schedule(after, 4, ""))).isEqualTo("503 BUSY");
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

    private static String phases(UUID product) {
        return shop.database()
                .sql("SELECT string_agg(phase, ',') FROM drops.drop WHERE product_id = ?")
                .param(product)
                .query(String.class)
                .single();
    }
}
