package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is over, or never was, cannot be called off, changed or audited. */
class CancelDropTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @Test
    void saysTheSameWhenItIsCalledOffTwice() {
        var drop = shop.openDrop(10, 1);

        assertThat(json(cancel(drop)).path("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(json(cancel(drop)).path("state").stringValue()).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            application/json, {, 400 MALFORMED_JSON
            application/json, [], 400 MALFORMED_JSON
            application/json, {"quantity":1}, 400 VALIDATION_FAILED
            application/json, {} {}, 400 MALFORMED_JSON
            text/plain, {}, 415 UNSUPPORTED_MEDIA_TYPE
            application/x-www-form-urlencoded, a=b, 415 UNSUPPORTED_MEDIA_TYPE
            """)
    void callsNothingOffByWordsItDoesNotUnderstand(String type, String body, String refusal) {
        var drop = shop.openDrop(1, 1);

        var answer = shop.send(
                DropShop.request(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));

        assertThat(code(answer)).isEqualTo(refusal);
        assertThat(json(shop.get(shop.web("/api/v1/drops/" + drop), null))
                        .path("state")
                        .stringValue())
                .isEqualTo("OPEN");
    }

    @Test
    void callsADropOffWithAnEmptyBodyOrNone() {
        var path = "/api/v1/drops/" + shop.openDrop(1, 1) + "/cancel";

        assertThat(shop.post(shop.web(path), Tokens.admin(), "{}").statusCode()).isEqualTo(200);
        assertThat(shop.send(DropShop.request(shop.web(path), Tokens.admin()).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void callsNothingOffThatIsOver() {
        var drop = shop.openDrop(10, 1);
        shop.database()
                .sql("UPDATE drops.drop SET closes_at = clock_timestamp() WHERE id = ?")
                .param(drop)
                .update();

        assertThat(code(cancel(drop))).isEqualTo("409 DROP_NOT_CANCELLABLE");
    }

    @Test
    void knowsNoDropThatDoesNotExist() {
        var nothing = UUID.randomUUID();

        assertThat(code(cancel(nothing))).isEqualTo("404 NOT_FOUND");
        assertThat(code(shop.get(shop.web("/api/v1/drops/" + nothing + "/audit"), Tokens.admin())))
                .isEqualTo("404 NOT_FOUND");
    }

    @Test
    void changesNoPriceSoCloseToTheOpeningThatSomebodyMayStillBelieveTheOldOne() {
        var opensAt = Instant.now().plusSeconds(600);
        var drop = shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");

        assertThat(code(change(drop, "{\"price\":1,\"opensAt\":\"" + Instant.now() + "\"}")))
                .isEqualTo("409 DROP_NOT_CHANGEABLE");
        assertThat(code(change(drop, "{\"closesAt\":\"" + Instant.now().plusSeconds(101L * 365 * 86_400) + "\"}")))
                .isEqualTo("400 VALIDATION_FAILED");
        cancel(drop);
        assertThat(code(change(drop, "{\"price\":1}"))).isEqualTo("409 DROP_NOT_CHANGEABLE");
    }

    /** The database keeps microseconds: what is shorter is nothing to it. */
    @Test
    void schedulesNoWindowThatTheDatabaseCannotTellFromNone() {
        var opensAt = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MICROS);

        var answer = shop.schedule(shop.neighbours.product(1), 1, 1, opensAt, opensAt.plusNanos(100), "");

        assertThat(code(answer)).isEqualTo("400 VALIDATION_FAILED");
        assertThat(answer.body()).contains("\"field\":\"closesAt\"");
    }

    @Test
    void schedulesWhatOpenedYearsAgoAndIsStillOpen() {
        var now = Instant.now();

        var answer = shop.schedule(
                shop.neighbours.product(1),
                1,
                1,
                now.minus(Duration.ofDays(3_650)),
                now.plus(Duration.ofDays(36_000)),
                "");

        assertThat(code(answer)).isEqualTo("201 ");
    }

    @Test
    void schedulesNothingThatIsOverAlready() {
        var now = Instant.now();

        var answer = shop.schedule(shop.neighbours.product(1), 1, 1, now.minusSeconds(60), now.minusSeconds(30), "");

        assertThat(code(answer)).isEqualTo("400 VALIDATION_FAILED");
        assertThat(answer.body()).contains("\"field\":\"closesAt\"");
    }

    private static HttpResponse<String> cancel(UUID drop) {
        return shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");
    }

    private static HttpResponse<String> change(UUID drop, String body) {
        return shop.send(DropShop.request(shop.web("/api/v1/drops/" + drop), Tokens.admin())
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }
}
