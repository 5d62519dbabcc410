package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProductsTest {

    private static final String PRODUCTS = "/api/v1/products";

    @Test
    void aCreatedProductIsThereForEverybody() {
        var created = CATALOG.post(PRODUCTS, """
                        {"name": "도깨비 재킷", "description": "one\\nof a kind", "price": 289000, "category": "Coats",
                         "imageUrl": "https://example.com/a.jpg", "quantity": 3}""").asAdmin().send();

        assertThat(created.statusCode()).isEqualTo(201);
        var location = created.headers().firstValue("Location").orElseThrow();
        var product = CATALOG.get(location).expect(200);
        assertThat(created.body()).isEqualTo(product.toString());
        assertThat(location).isEqualTo(PRODUCTS + "/" + product.get("id").asString());
        assertThat(product.get("name").asString()).isEqualTo("도깨비 재킷");
        assertThat(product.get("description").asString()).isEqualTo("one\nof a kind");
        assertThat(product.get("price").asLong()).isEqualTo(289_000);
        assertThat(product.get("category").asString()).isEqualTo("Coats");
        assertThat(product.get("imageUrl").asString()).isEqualTo("https://example.com/a.jpg");
        assertThat(product.get("soldOut").asBoolean()).isFalse();
        assertThat(product.get("remaining").asLong()).isEqualTo(3);
        assertThat(product.get("drop").isNull()).isTrue();
        assertThat(CATALOG.get(location + "/stock").expect(200).toString())
                .isEqualTo("{\"productId\":%s,\"quantity\":3,\"remaining\":3,\"held\":0,\"sold\":0}"
                        .formatted(product.get("id")));
    }

    @Test
    void aProductNeedsNoMoreThanNamePriceAndQuantityAndTheyMayBeZero() {
        var product = CATALOG.post(
                        PRODUCTS, "{\"name\": \"Nothing\", \"price\": 0, \"quantity\": 0, \"category\": null}")
                .asAdmin()
                .expect(201);

        assertThat(product.get("soldOut").asBoolean()).isTrue();
        assertThat(product.get("description").isNull()).isTrue();
    }

    @Test
    void theLargestProductIsAccepted() {
        var product = CATALOG.post(
                        PRODUCTS,
                        "{\"name\": \"%s\", \"price\": 1000000000000, \"quantity\": 1000000000}"
                                .formatted("가".repeat(200)))
                .asAdmin()
                .expect(201);

        assertThat(product.get("price").asLong()).isEqualTo(1_000_000_000_000L);
        assertThat(product.get("remaining").asLong()).isEqualTo(1_000_000_000L);
    }

    @Test
    void aRepeatedKeyCreatesOneProductAndAnswersTheSameBytes() {
        var key = UUID.randomUUID().toString();
        var body = "{\"name\": \"Once\", \"price\": 1, \"quantity\": 1}";

        var first = CATALOG.post(PRODUCTS, body)
                .asAdmin()
                .with("Idempotency-Key", key)
                .send();
        var second = CATALOG.post(PRODUCTS, body)
                .asAdmin()
                .with("Idempotency-Key", key)
                .send();
        var other = CATALOG.post(PRODUCTS, body.replace("Once", "Twice"))
                .asAdmin()
                .with("Idempotency-Key", key)
                .problem(422);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(other).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aPatchChangesWhatItGivesAndNothingElse() {
        var id = CATALOG.product(
                "\"name\": \"Before\", \"description\": \"kept\", \"price\": 5, \"category\": \"Pins\", \"quantity\": 2");

        var patched = CATALOG.patch(PRODUCTS + "/" + id, "{\"price\": 7, \"category\": null}")
                .asAdmin()
                .expect(200);

        assertThat(patched.get("name").asString()).isEqualTo("Before");
        assertThat(patched.get("description").asString()).isEqualTo("kept");
        assertThat(patched.get("price").asLong()).isEqualTo(7);
        assertThat(patched.get("category").isNull()).isTrue();
        assertThat(patched.get("remaining").asLong()).isEqualTo(2);
        assertThat(CATALOG.patch(PRODUCTS + "/" + id, "{}").asAdmin().expect(200))
                .isEqualTo(patched);
    }

    @Test
    void editsAtOnceDoNotUndoEachOther() {
        var id = CATALOG.productWith(1);

        var edits = IntStream.range(0, 30)
                .mapToObj(n ->
                        n % 3 == 0 ? "{\"name\": \"N\"}" : n % 3 == 1 ? "{\"price\": 42}" : "{\"category\": \"C\"}")
                .map(patch -> CompletableFuture.supplyAsync(() ->
                        CATALOG.patch(PRODUCTS + "/" + id, patch).asAdmin().status()))
                .toList();

        assertThat(edits).allSatisfy(edit -> assertThat(edit.join()).isEqualTo(200));
        var product = CATALOG.get(PRODUCTS + "/" + id).expect(200);
        assertThat(product.get("name").asString()).isEqualTo("N");
        assertThat(product.get("price").asLong()).isEqualTo(42);
        assertThat(product.get("category").asString()).isEqualTo("C");
    }

    @Test
    void aDeletedProductVanishesButItsHistoryStays() {
        var category = "gone-" + UUID.randomUUID();
        var id = CATALOG.product(
                "\"name\": \"Gone\", \"price\": 5, \"quantity\": 2, \"category\": \"%s\"".formatted(category));
        var path = PRODUCTS + "/" + id;

        assertThat(CATALOG.delete(path).asAdmin().status()).isEqualTo(204);

        assertThat(CATALOG.get(path).problem(404)).isEqualTo("NOT_FOUND");
        assertThat(CATALOG.get(path + "/stock").status()).isEqualTo(404);
        assertThat(CATALOG.get(PRODUCTS + "?category=" + category).expect(200).get("items"))
                .isEmpty();
        assertThat(CATALOG.patch(path, "{\"price\": 1}").asAdmin().status()).isEqualTo(404);
        assertThat(CATALOG.delete(path).asAdmin().status()).isEqualTo(404);
        assertThat(CATALOG.post(path + "/stock-adjustments", "{\"delta\": 1, \"reason\": \"found one\"}")
                        .asAdmin()
                        .status())
                .isEqualTo(404);
        assertThat(CATALOG.database()
                        .sql("SELECT count(*) FROM catalog.product p JOIN catalog.stock s USING (id) WHERE id = ?")
                        .param(UUID.fromString(id))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }
}
