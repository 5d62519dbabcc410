package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    private static final String PRODUCTS = "/api/v1/products";

    private static final String[] NO_NUMBERS = {
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "99999999999999999999",
        "1.5",
        "1.0",
        "1e30",
        "\"1\"",
        "\"\"",
        "null",
        "true",
        "[]",
        "{}"
    };

    static Stream<String> badProducts() {
        var numbers = Stream.of(NO_NUMBERS)
                .flatMap(number -> Stream.of(
                        "{\"name\": \"N\", \"quantity\": 1, \"price\": %s}".formatted(number),
                        "{\"name\": \"N\", \"quantity\": %s, \"price\": 1}".formatted(number)));
        var names = Stream.of(
                        "null",
                        "\"\"",
                        "\"  \"",
                        "5",
                        "[]",
                        "\"" + "x".repeat(201) + "\"",
                        "\"a\\u0000b\"",
                        "\"\\ud800\"")
                .map("{\"name\": %s, \"quantity\": 1, \"price\": 1}"::formatted);
        var others = Stream.of(
                "{}",
                "[]",
                "null",
                "5",
                "\"text\"",
                "{",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1} x",
                "{\"name\": \"N\", \"quantity\": 1}",
                "{\"name\": \"N\", \"price\": 1}",
                "{\"quantity\": 1, \"price\": 1}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"price\": 2}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"soldOut\": true}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"id\": \"%s\"}".formatted(UUID.randomUUID()),
                "{\"name\": \"N\", \"quantity\": 1000000001, \"price\": 1}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1000000000001}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"imageUrl\": \"javascript:alert(1)\"}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"imageUrl\": \"\"}",
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"category\": \"%s\"}".formatted("c".repeat(61)),
                "{\"name\": \"N\", \"quantity\": 1, \"price\": 1, \"description\": \"%s\"}"
                        .formatted("d".repeat(10_001)));
        return Stream.of(numbers, names, others).flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("badProducts")
    void aBadProductIsInvalidAndNothingIsCreated(String body) {
        var before = count();

        assertThat(CATALOG.post(PRODUCTS, body).asAdmin().problem(400)).isIn("VALIDATION_FAILED", "MALFORMED_JSON");
        assertThat(count()).isEqualTo(before);
    }

    private static long count() {
        return CATALOG.database()
                .sql("SELECT (SELECT count(*) FROM catalog.product) + (SELECT count(*) FROM catalog.stock)")
                .query(Long.class)
                .single();
    }

    static Stream<String> badPatches() {
        var prices = Stream.of(NO_NUMBERS).map("{\"price\": %s}"::formatted);
        var others = Stream.of(
                "{\"name\": null}",
                "{\"name\": \"\"}",
                "{\"name\": 5}",
                "{\"quantity\": 5}",
                "{\"remaining\": 5}",
                "{\"price\": 5, \"name\": \"\"}",
                "{\"description\": 5}",
                "{\"category\": []}",
                "{\"imageUrl\": \"x\"}",
                "[]",
                "null",
                "5",
                "{");
        return Stream.concat(prices, others);
    }

    @ParameterizedTest
    @MethodSource("badPatches")
    void aBadPatchIsInvalidAndChangesNothing(String body) {
        var path = PRODUCTS + "/" + CATALOG.productWith(1);
        var before = CATALOG.get(path).expect(200);

        assertThat(CATALOG.patch(path, body).asAdmin().problem(400)).isIn("VALIDATION_FAILED", "MALFORMED_JSON");
        assertThat(CATALOG.get(path).expect(200)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delta\": 0, \"reason\": \"r\"}",
                "{\"delta\": 1.5, \"reason\": \"r\"}",
                "{\"delta\": \"1\", \"reason\": \"r\"}",
                "{\"delta\": null, \"reason\": \"r\"}",
                "{\"reason\": \"r\"}",
                "{\"delta\": 1}",
                "{\"delta\": 1, \"reason\": \"\"}",
                "{\"delta\": 1, \"reason\": null}",
                "{\"delta\": 1, \"reason\": 1}",
                "{\"delta\": 1000000001, \"reason\": \"r\"}",
                "{\"delta\": -9223372036854775808, \"reason\": \"r\"}",
                "{\"delta\": 99999999999999999999, \"reason\": \"r\"}",
                "{\"delta\": 1, \"reason\": \"r\", \"quantity\": 5}",
                "[]"
            })
    void aBadAdjustmentIsInvalidAndChangesNothing(String body) {
        var path = PRODUCTS + "/" + CATALOG.productWith(1);

        assertThat(CATALOG.post(path + "/stock-adjustments", body).asAdmin().problem(400))
                .isIn("VALIDATION_FAILED", "MALFORMED_JSON");
        assertThat(CATALOG.get(path).expect(200).get("remaining").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reference\": null, \"delta\": -1}",
                "{\"reference\": \"\", \"delta\": -1}",
                "{\"reference\": \"a b\", \"delta\": -1}",
                "{\"delta\": -1}",
                "{\"reference\": \"r\", \"delta\": \"-1\"}",
                "{\"reference\": \"r\", \"delta\": null}",
                "{\"reference\": \"r\", \"delta\": -9223372036854775808}",
                "{\"reference\": \"r\", \"delta\": 1000000001}",
                "{\"reference\": \"r\", \"delta\": -1, \"drop\": {}}",
                "{\"reference\": \"r\", \"delta\": -1, \"drop\": {\"dropId\": \"x\", \"closesAt\": \"2999-01-01T00:00:00Z\"}}",
                "null"
            })
    void aBadMoveIsInvalidAndMovesNothing(String body) {
        var id = CATALOG.productWith(1);

        assertThat(CATALOG.post("/internal/products/" + id + "/stock-moves", body)
                        .asService()
                        .problem(400))
                .isIn("VALIDATION_FAILED", "MALFORMED_JSON");
        assertThat(CATALOG.get(PRODUCTS + "/" + id).expect(200).get("remaining").asLong())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-id", "0190aaaa-0000-7000-8000-000000000999", "%00", "1", "null"})
    void whatIsNotThereIsNotFound(String id) {
        assertThat(CATALOG.get(PRODUCTS + "/" + id).status()).isIn(400, 404);
        assertThat(CATALOG.get(PRODUCTS + "/" + id + "/stock").status()).isIn(400, 404);
        assertThat(CATALOG.delete(PRODUCTS + "/" + id).asAdmin().status()).isIn(400, 404);
        assertThat(CATALOG.patch(PRODUCTS + "/" + id, "{}").asAdmin().status()).isIn(400, 404);
    }

    @Test
    void wrongMediaTypesMethodsAndSizesHaveTheirProblems() {
        assertThat(CATALOG.post(PRODUCTS, "name=N")
                        .asAdmin()
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .problem(415))
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(CATALOG.post(PRODUCTS, "{\"name\": \"" + "x".repeat(1_000_000) + "\"}")
                        .asAdmin()
                        .problem(413))
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(CATALOG.delete(PRODUCTS).asAdmin().problem(405)).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(CATALOG.post(PRODUCTS, "{\"name\": \"N\", \"quantity\": 1, \"price\": 1}")
                        .asAdmin()
                        .with("Idempotency-Key", "two words")
                        .problem(400))
                .isEqualTo("IDEMPOTENCY_KEY_INVALID");
    }
}
