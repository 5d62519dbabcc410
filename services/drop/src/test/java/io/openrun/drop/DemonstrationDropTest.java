package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The demonstration shop has a drop that opens soon. */
class DemonstrationDropTest {

    private static final UUID PRODUCT = UUID.fromString("01900000-0000-7000-8000-000000000001");

    @Test
    void opensTwoMinutesAfterItsProductIsThereAndOnlyOnce() {
        var neighbours = new Neighbours();
        try (var shop = DropShop.open(neighbours, "openrun.demo=true")) {
            assertThat(drops(shop)).isEmpty();
            neighbours.stock(PRODUCT, 150);

            await().atMost(Duration.ofSeconds(20)).until(() -> drops(shop).size() == 1);

            var drop = drops(shop).get(0);
            assertThat(drop.path("productId").stringValue()).isEqualTo(PRODUCT.toString());
            assertThat(drop.path("quantity").intValue()).isEqualTo(100);
            assertThat(drop.path("state").stringValue()).isEqualTo("SCHEDULED");
            assertThat(Instant.parse(drop.path("opensAt").stringValue()))
                    .isBetween(Instant.now().plusSeconds(60), Instant.now().plusSeconds(120));
            assertThat(neighbours.stockOf(PRODUCT)).isEqualTo(50);

            try (var second = shop.another("openrun.demo=true")) {
                assertThat(drops(second)).hasSize(1);
            }
            assertThat(drops(shop)).hasSize(1);
        }
    }

    @Test
    void opensAlsoWhileAnotherProductIsOnSaleAndAgainOnceTheLastOneIsSoldOut() {
        var neighbours = new Neighbours();
        neighbours.stock(PRODUCT, 250);
        try (var shop = DropShop.open(neighbours)) {
            shop.openDrop(1, 1);

            try (var demonstration = shop.another("openrun.demo=true")) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> ofTheProduct(demonstration).size() == 1);
            }
            shop.database()
                    .sql(
                            "UPDATE drops.stock SET remaining = 0, confirmed = quantity, opens_at = now() WHERE id = ?::uuid")
                    .param(ofTheProduct(shop).getFirst())
                    .update();
            shop.database()
                    .sql("UPDATE drops.drop SET opens_at = now() WHERE id = ?::uuid")
                    .param(ofTheProduct(shop).getFirst())
                    .update();
            try (var again = shop.another("openrun.demo=true")) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> ofTheProduct(again).size() == 2);
            }
        }
    }

    private static List<String> ofTheProduct(DropShop shop) {
        return drops(shop)
                .valueStream()
                .filter(drop -> drop.path("productId").stringValue().equals(PRODUCT.toString()))
                .map(drop -> drop.path("id").stringValue())
                .toList();
    }

    private static JsonNode drops(DropShop shop) {
        return DropShop.json(shop.get(shop.web("/api/v1/drops"), null)).path("items");
    }
}
