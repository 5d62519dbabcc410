package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.ADMIN;
import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StockAdjustmentsTest {

    private static RunningCatalog.Call adjust(String product, String body) {
        return CATALOG.post("/api/v1/products/" + product + "/stock-adjustments", body)
                .asAdmin();
    }

    private static long sum(String product) {
        return CATALOG.database()
                .sql("SELECT coalesce(sum(delta), 0) FROM catalog.stock_adjustment WHERE product_id = ?")
                .param(UUID.fromString(product))
                .query(Long.class)
                .single();
    }

    /** A busy shop has done nothing and says so: whoever is told that asks again. */
    private static int decided(String product, String body) {
        return IntStream.generate(() -> adjust(product, body).status())
                .limit(20)
                .filter(status -> status != 503)
                .findFirst()
                .orElse(503);
    }

    @Test
    void anAdjustmentAnswersTheStockAndIsRecorded() {
        var id = CATALOG.productWith(10);

        var stock =
                adjust(id, "{\"delta\": 5, \"reason\": \"second delivery\"}").expect(201);

        assertThat(stock.toString())
                .isEqualTo(
                        "{\"productId\":\"%s\",\"quantity\":15,\"remaining\":15,\"held\":0,\"sold\":0}".formatted(id));
        var recorded = CATALOG.database()
                .sql("SELECT delta, reason, remaining, made_by FROM catalog.stock_adjustment WHERE product_id = ?")
                .param(UUID.fromString(id))
                .query()
                .singleRow();
        assertThat(recorded)
                .containsEntry("delta", 5L)
                .containsEntry("reason", "second delivery")
                .containsEntry("remaining", 15L)
                .containsEntry("made_by", ADMIN);
    }

    @Test
    void theStockCanReachZeroButNotPassIt() {
        var id = CATALOG.productWith(10);

        adjust(id, "{\"delta\": -10, \"reason\": \"flood\"}").expect(201);
        var refused = adjust(id, "{\"delta\": -1, \"reason\": \"flood\"}").expect(409);

        assertThat(refused.get("code").asString()).isEqualTo("STOCK_WOULD_BE_NEGATIVE");
        assertThat(refused.get("remaining").asLong()).isZero();
        assertThat(sum(id)).isEqualTo(-10);
    }

    @Test
    void aStockHasABound() {
        var id = CATALOG.productWith(1);

        assertThat(adjust(id, "{\"delta\": 1000000000, \"reason\": \"typo\"}").problem(422))
                .isEqualTo("STOCK_TOO_LARGE");
        assertThat(sum(id)).isZero();
    }

    @Test
    void twoHundredAtOnceAddUpAndNeverPassZero() {
        var id = CATALOG.productWith(20);

        List<Integer> answers;
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 200)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> decided(id, "{\"delta\": %d, \"reason\": \"count\"}".formatted(n % 4 == 0 ? 1 : -1)),
                            people))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        // 50 give, 150 take, 20 were there: at most 70 can take, and at the end nothing may be left over.
        assertThat(answers).containsOnly(201, 409);
        long remaining = CATALOG.get("/api/v1/products/" + id + "/stock")
                .expect(200)
                .get("remaining")
                .asLong();
        assertThat(remaining).isEqualTo(20 + sum(id)).isBetween(0L, 50L);
        assertThat(CATALOG.database()
                        .sql("SELECT count(*) FROM catalog.stock_adjustment WHERE product_id = ?")
                        .param(UUID.fromString(id))
                        .query(Long.class)
                        .single())
                .isEqualTo(answers.stream().filter(status -> status == 201).count());
    }

    @Test
    void aRepeatedKeyAdjustsOnce() {
        var id = CATALOG.productWith(10);
        var key = UUID.randomUUID().toString();

        for (int i = 0; i < 3; i++) {
            var stock = adjust(id, "{\"delta\": -3, \"reason\": \"gift\"}")
                    .with("Idempotency-Key", key)
                    .expect(201);
            assertThat(stock.get("remaining").asLong()).isEqualTo(7);
        }

        assertThat(sum(id)).isEqualTo(-3);
    }
}
