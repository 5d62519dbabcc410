package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests for a purchase are understood, and which are refused before anything is sold. */
class PurchaseRequestTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"quantity\":1}", " { \"quantity\" :\n 1\t} ", "{\"quantity\":2147483647}"})
    void readsHonestBodiesHoweverTheyAreSpaced(String body) {
        var drop = shop.openDrop(10, 5);

        var answer = shop.post(shop.purchases(drop), Tokens.shopper(), body);

        assertThat(answer.statusCode()).isIn(201, 409);
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
    @CsvSource({"text/plain", "application/xml", "application/jsonx"})
    void refusesOtherContentTypes(String type) {
        var drop = shop.openDrop(10, 5);

        var answer = shop.send(DropShop.request(shop.purchases(drop), Tokens.shopper())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"quantity\":1}")));

        assertThat(code(answer)).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
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
}
