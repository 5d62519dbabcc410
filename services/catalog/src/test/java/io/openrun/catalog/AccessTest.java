package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final String BODY = "{\"name\": \"N\", \"quantity\": 1, \"price\": 1}";

    @Test
    void onlyAdministratorsChangeProducts() {
        var path = "/api/v1/products/" + CATALOG.productWith(1);

        for (var call : List.of(
                CATALOG.post("/api/v1/products", BODY),
                CATALOG.patch(path, "{\"price\": 0}"),
                CATALOG.delete(path),
                CATALOG.post(path + "/stock-adjustments", "{\"delta\": 1, \"reason\": \"r\"}"))) {
            assertThat(call.problem(401)).isEqualTo("UNAUTHENTICATED");
            assertThat(call.asShopper().problem(403)).isEqualTo("FORBIDDEN");
        }
        assertThat(CATALOG.get(path).expect(200).get("price").asLong()).isEqualTo(15_000);
    }

    @Test
    void onlyServicesMoveStock() {
        var id = CATALOG.productWith(5);
        var path = "/internal/products/" + id + "/stock-moves";
        var body = "{\"reference\": \"r\", \"delta\": -1, \"drop\": null}";

        assertThat(CATALOG.post(path, body).status()).isEqualTo(404);
        assertThat(CATALOG.post(path, body).asAdmin().status()).isEqualTo(404);
        assertThat(CATALOG.post(path, body).with("X-Service-Key", "guess").status())
                .isEqualTo(404);
        assertThat(CATALOG.get("/api/v1/products/" + id)
                        .expect(200)
                        .get("remaining")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void theServiceHasAnApiPage() {
        assertThat(CATALOG.get("/v3/api-docs/catalog").expect(200).get("paths").propertyNames())
                .contains("/api/v1/products", "/api/v1/products/{id}")
                .noneMatch(path -> path.startsWith("/internal"));
    }
}
