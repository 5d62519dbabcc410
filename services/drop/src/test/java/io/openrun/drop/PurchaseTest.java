package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

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
    void refusesMoreAtOnceThanTheLimit() {
        var drop = shop.openDrop(10, 2);

        var answer = shop.buy(drop, Tokens.shopper(), 3);

        assertThat(code(answer)).isEqualTo("409 PURCHASE_LIMIT_REACHED");
        assertThat(json(answer).get("limit").intValue()).isEqualTo(2);
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
        shop.sellsBetween(Duration.ofMillis(1500), Duration.ofMillis(3500));
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
    void showsOnesOwnPurchasesInPartsOnBothPorts() {
        var drop = shop.openDrop(10, 5);
        var token = Tokens.shopper();
        for (int i = 0; i < 5; i++) {
            shop.buy(drop, token, 1);
        }
        var path = "/api/v1/drops/" + drop + "/purchases/mine";

        for (var port : List.<Function<String, URI>>of(shop::lane, shop::web)) {
            var first = json(shop.get(port.apply(path + "?limit=2"), token));
            var second = json(shop.get(port.apply(path + "?limit=2&cursor=" + cursor(first)), token));
            var last = json(shop.get(port.apply(path + "?limit=2&cursor=" + cursor(second)), token));

            assertThat(Stream.of(first, second, last)
                            .flatMap(part -> part.get("items").valueStream())
                            .map(bought -> bought.get("sequence").intValue()))
                    .containsExactly(5, 4, 3, 2, 1);
            assertThat(last.get("nextCursor").isNull()).isTrue();
            assertThat(json(shop.get(port.apply(path + "?limit=&cursor="), token))
                            .get("items"))
                    .hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=-1", "limit=x", "limit=2.5", "cursor=x", "cursor=%C3%A9"})
    void refusesPartsThatThereAreNoneOfOnBothPorts(String query) {
        var path = "/api/v1/drops/" + shop.openDrop(1, 1) + "/purchases/mine?" + query;

        var lane = shop.get(shop.lane(path), Tokens.shopper());
        var web = shop.get(shop.web(path), Tokens.shopper());

        assertThat(code(lane)).isEqualTo("400 VALIDATION_FAILED");
        assertThat(lane.body())
                .isEqualTo(web.body())
                .contains("\"field\":\"" + query.substring(0, query.indexOf('=')) + "\"");
    }

    private static String cursor(JsonNode part) {
        return part.get("nextCursor").stringValue();
    }
}
