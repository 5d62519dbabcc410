package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A purchase that is repeated with its idempotency key is answered again, not made again. */
class PurchaseKeyTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
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

    @ParameterizedTest
    @ValueSource(strings = {"group-commit", "conditional-update", "redis-lua"})
    void replaysAlsoWhenTheDropIsCalledOff(String strategy) {
        var drop = shop.drop(10, 5, ",\"strategy\":\"" + strategy + "\"");
        var token = Tokens.shopper();
        var first = shop.buy(drop, token, 1, "Idempotency-Key", "before");
        assertThat(shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "")
                        .statusCode())
                .isEqualTo(200);

        var again = shop.buy(drop, token, 1, "Idempotency-Key", "before");
        var elsewhere = shop.post(
                shop.web("/api/v1/drops/" + drop + "/purchases"),
                token,
                "{\"quantity\":1}",
                "Idempotency-Key",
                "before");

        for (var replayed : List.of(again, elsewhere)) {
            assertThat(replayed.statusCode()).isEqualTo(201);
            assertThat(replayed.body()).isEqualTo(first.body());
            assertThat(replayed.headers().firstValue("Idempotency-Replayed")).contains("true");
        }
        assertThat(code(shop.buy(drop, token, 2, "Idempotency-Key", "before"))).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(code(shop.buy(drop, token, 1, "Idempotency-Key", "after"))).isEqualTo("409 DROP_CLOSED");
        assertThat(code(shop.buy(drop, token, 1))).isEqualTo("409 DROP_CLOSED");
    }

    @Test
    void refusesANewKeyOnceADropIsCalledOffBeforeItOpened() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(1), 1, 1, opensAt, opensAt.plusSeconds(60), "");
        shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");

        assertThat(code(shop.buy(drop, Tokens.shopper(), 1, "Idempotency-Key", "never")))
                .isEqualTo("409 DROP_CLOSED");
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
}
