package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StockMovesTest {

    private final UUID drop = UUID.randomUUID();

    private static RunningCatalog.Call move(String product, String reference, long delta, String announcement) {
        return CATALOG.post(
                        "/internal/products/" + product + "/stock-moves",
                        "{\"reference\": \"%s\", \"delta\": %d, \"drop\": %s}"
                                .formatted(reference, delta, announcement))
                .asService();
    }

    private String closingIn(Duration time) {
        return "{\"dropId\": \"%s\", \"closesAt\": \"%s\"}"
                .formatted(drop, Instant.now().plus(time));
    }

    private void change(String product, long version, Instant closesAt) {
        var answer = CATALOG.put(
                        "/internal/products/" + product + "/drops/" + drop,
                        "{\"version\": %d, \"closesAt\": %s}"
                                .formatted(version, closesAt == null ? "null" : "\"" + closesAt + "\""))
                .asService()
                .send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private static String shownDrop(String product) {
        return CATALOG.get("/api/v1/products/" + product)
                .expect(200)
                .get("drop")
                .asString("none");
    }

    private String open() {
        return closingIn(Duration.ofHours(1));
    }

    private static long remaining(String product) {
        return CATALOG.get("/api/v1/products/" + product)
                .expect(200)
                .get("remaining")
                .asLong();
    }

    @Test
    void aMoveDeliveredThreeTimesMovesOnce() {
        var id = CATALOG.productWith(100);
        var reference = "drop-" + drop;

        for (int i = 0; i < 3; i++) {
            var moved = move(id, reference, -60, open()).expect(200);
            assertThat(moved.toString())
                    .isEqualTo("{\"productId\":\"%s\",\"productName\":\"Ticket\",\"remaining\":40}".formatted(id));
        }

        assertThat(remaining(id)).isEqualTo(40);
    }

    @Test
    void aMoveDeliveredManyTimesAtOnceMovesOnce() {
        var id = CATALOG.productWith(100);

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> move(id, "drop-" + drop, -60, open()).expect(200), people))
                    .toList();
            assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        }

        assertThat(remaining(id)).isEqualTo(40);
    }

    @Test
    void aReferenceMeansOneMove() {
        var id = CATALOG.productWith(100);
        move(id, "drop-" + drop, -60, open()).expect(200);

        assertThat(move(id, "drop-" + drop, -61, open()).problem(422)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(remaining(id)).isEqualTo(40);
    }

    @Test
    void aReferenceOfAnotherProductIsRefusedWithoutEffect() {
        var first = CATALOG.productWith(100);
        var second = CATALOG.productWith(100);
        move(first, "drop-" + drop, -60, open()).expect(200);

        assertThat(move(second, "drop-" + drop, -60, open()).problem(422)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(remaining(second)).isEqualTo(100);
    }

    @Test
    void moreThanThereIsIsRefusedAndMayBeAskedAgain() {
        var id = CATALOG.productWith(10);

        var refused = move(id, "drop-" + drop, -11, open()).expect(409);

        assertThat(refused.get("code").asString()).isEqualTo("INSUFFICIENT_STOCK");
        assertThat(refused.get("remaining").asLong()).isEqualTo(10);
        assertThat(CATALOG.get("/api/v1/products/" + id).expect(200).get("drop").isNull())
                .isTrue();
        CATALOG.post("/api/v1/products/" + id + "/stock-adjustments", "{\"delta\": 1, \"reason\": \"one more\"}")
                .asAdmin()
                .expect(201);
        move(id, "drop-" + drop, -11, open()).expect(200);
        assertThat(remaining(id)).isZero();
    }

    @Test
    void theProductShowsItsDropUntilItCloses() {
        var id = CATALOG.productWith(10);

        move(id, "open-" + drop, -5, open()).expect(200);
        assertThat(shownDrop(id)).isEqualTo(drop.toString());

        change(id, 2, Instant.now().minusMillis(1));
        assertThat(shownDrop(id)).isEqualTo("none");

        change(id, 3, Instant.now().plusSeconds(60));
        assertThat(shownDrop(id)).isEqualTo(drop.toString());
        assertThat(remaining(id)).isEqualTo(5);
    }

    @Test
    void newsOfADropThatArrivesLateChangesNothing() {
        var id = CATALOG.productWith(10);
        move(id, "open-" + drop, -5, open()).expect(200);

        change(id, 7, null);
        change(id, 6, Instant.now().plusSeconds(60));

        assertThat(shownDrop(id)).isEqualTo("none");
    }

    @Test
    void aDropThatIsOverIsNotShownAgain() {
        var id = CATALOG.productWith(10);
        move(id, "open-" + drop, -5, open()).expect(200);
        move(id, "open-" + drop + ":back:1", 5, "null").expect(200);

        change(id, 9, Instant.now().plusSeconds(60));

        assertThat(shownDrop(id)).isEqualTo("none");
    }

    @Test
    void onlyServicesMoveUnitsAndDrops() {
        var id = CATALOG.productWith(10);
        move(id, "open-" + drop, -5, open()).expect(200);

        var answer = CATALOG.put("/internal/products/" + id + "/drops/" + drop, "{\"version\": 2}")
                .asAdmin();

        assertThat(answer.problem(404)).isEqualTo("NOT_FOUND");
        assertThat(shownDrop(id)).isEqualTo(drop.toString());
    }

    @Test
    void aProductWithADropIsNotDeletedUntilTheDropIsOver() {
        var id = CATALOG.productWith(10);
        move(id, "open-" + drop, -5, open()).expect(200);

        assertThat(CATALOG.delete("/api/v1/products/" + id).asAdmin().problem(409))
                .isEqualTo("PRODUCT_IN_DROP");

        move(id, "open-" + drop + ":back:1", 5, "null").expect(200);
        assertThat(remaining(id)).isEqualTo(10);
        assertThat(CATALOG.delete("/api/v1/products/" + id).asAdmin().status()).isEqualTo(204);
    }

    @Test
    void theEndOfOneDropHidesNoOther() {
        var id = CATALOG.productWith(10);
        var other = "{\"dropId\": \"%s\", \"closesAt\": \"2999-01-01T00:00:00Z\"}".formatted(UUID.randomUUID());
        move(id, "first-" + drop, -5, open()).expect(200);
        move(id, "second-" + drop, -5, other).expect(200);

        move(id, "second-" + drop + ":back:1", 5, "null").expect(200);
        assertThat(CATALOG.get("/api/v1/products/" + id).expect(200).get("drop").asString())
                .isEqualTo(drop.toString());

        move(id, "first-" + drop + ":back:1", 5, "null").expect(200);
        assertThat(CATALOG.get("/api/v1/products/" + id).expect(200).get("drop").isNull())
                .isTrue();
    }

    @Test
    void unitsComeBackToADeletedProductButLeaveItNoMore() {
        var id = CATALOG.productWith(10);
        move(id, "open-" + drop, -5, closingIn(Duration.ofMillis(-1))).expect(200);
        CATALOG.delete("/api/v1/products/" + id).asAdmin().send();

        assertThat(move(id, "over-" + drop, 5, "null")
                        .expect(200)
                        .get("remaining")
                        .asLong())
                .isEqualTo(10);
        assertThat(move(id, "again-" + drop, -1, open()).problem(404)).isEqualTo("NOT_FOUND");
    }

    @Test
    void deletingAndSchedulingAtOnceNeverBothSucceed() {
        for (int round = 0; round < 20; round++) {
            var id = CATALOG.productWith(10);
            var reference = "race-" + UUID.randomUUID();
            var announcement =
                    "{\"dropId\": \"%s\", \"closesAt\": \"2999-01-01T00:00:00Z\"}".formatted(UUID.randomUUID());

            var deleted = CompletableFuture.supplyAsync(
                    () -> CATALOG.delete("/api/v1/products/" + id).asAdmin().status());
            var moved = CompletableFuture.supplyAsync(
                    () -> move(id, reference, -1, announcement).status());

            assertThat(deleted.join() + " " + moved.join()).isIn("204 404", "409 200");
        }
    }

    @Test
    void anUnknownProductHasNothingToMove() {
        assertThat(move(UUID.randomUUID().toString(), "x-" + drop, -1, "null").problem(404))
                .isEqualTo("NOT_FOUND");
    }
}
