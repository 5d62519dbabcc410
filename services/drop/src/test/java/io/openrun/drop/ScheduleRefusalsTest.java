package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not come onto the calendar, and who may not put it there. */
class ScheduleRefusalsTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
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
    void refusesMoreUnitsThanTheProductHas() {
        var product = shop.neighbours.product(10);

        var answer = shop.schedule(product, 11, "");

        assertThat(code(answer)).isEqualTo("409 INSUFFICIENT_STOCK");
        assertThat(json(answer).get("remaining").longValue()).isEqualTo(10);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(10);
    }

    @Test
    void knowsNoProductThatDoesNotExist() {
        assertThat(code(shop.schedule(UUID.randomUUID(), 1, ""))).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void namesTheStrategiesThereAre() {
        var answer = shop.schedule(shop.neighbours.product(10), 1, ",\"strategy\":\"hope\"");

        assertThat(code(answer)).isEqualTo("422 STRATEGY_UNKNOWN");
        assertThat(answer.body()).contains("group-commit", "redis-lock");
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
                "\"opensAt\":\"1900-01-01T00:00:00Z\"",
                "\"opensAt\":\"+999999999-01-01T00:00:00Z\"",
                "\"closesAt\":\"2020-01-01T00:00:00Z\"",
                "\"closesAt\":\"9999-12-31T23:59:59Z\"",
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
                ? body.replaceAll("\"" + name + "\":(\"[^\"]*\"|\\d+)", Matcher.quoteReplacement(member))
                : body.replace("{", "{" + member + ",");

        var answer = shop.post(shop.web("/api/v1/drops"), Tokens.admin(), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(1_000);
    }
}
