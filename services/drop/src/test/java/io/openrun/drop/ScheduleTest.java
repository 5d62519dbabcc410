package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drop comes onto the calendar with its units, once for one key. */
class ScheduleTest {

    private static final String ADMIN = Tokens.admin();

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
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

    @ParameterizedTest
    @ValueSource(strings = {"group-commit", "conditional-update", "pessimistic", "redis-lock"})
    void sellsByWhicheverStrategyTheDropNames(String strategy) {
        var drop = shop.drop(2, 1, ",\"strategy\":\"" + strategy + "\"");

        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
        assertThat(code(shop.buy(drop, Tokens.shopper(), 1))).isEqualTo("409 SOLD_OUT");
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
}
