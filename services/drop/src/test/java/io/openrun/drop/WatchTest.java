package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever looks at a drop sees its stock and its state change. */
class WatchTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @Test
    void showsTheFirstLookAtOnceAndEveryChangeAfter() {
        var now = Instant.now();
        var drop = shop.scheduled(shop.neighbours.product(2), 2, 1, now.plusSeconds(5), now.plusSeconds(60), "");
        var lines = watch(drop);

        await().untilAsserted(() -> assertThat(lines)
                .contains("event:state", "event:stock")
                .anyMatch(line -> line.contains("\"state\":\"SCHEDULED\""))
                .anyMatch(line -> line.contains("\"remaining\":2")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains("\"state\":\"OPEN\"")));
        shop.buy(drop, Tokens.shopper(), 1);
        await().untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains("\"remaining\":1")));
        shop.buy(drop, Tokens.shopper(), 1);
        await().untilAsserted(() -> assertThat(lines)
                .anyMatch(line -> line.contains("\"remaining\":0"))
                .anyMatch(line -> line.contains("\"state\":\"SOLD_OUT\"")));
    }

    @Test
    void letsHundredsWatchTheSameDrop() {
        var drop = shop.openDrop(5, 5);
        var watchers = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> watch(drop))
                .toList();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(watchers).allMatch(lines -> lines.contains("event:stock")));

        shop.buy(drop, Tokens.shopper(), 5);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(watchers)
                .allMatch(lines -> lines.stream().anyMatch(line -> line.contains("\"remaining\":0"))));
    }

    @Test
    void knowsNoDropThatDoesNotExist() {
        assertThat(shop.get(shop.web("/api/v1/drops/" + UUID.randomUUID() + "/events"), null)
                        .statusCode())
                .isEqualTo(404);
    }

    private static List<String> watch(UUID drop) {
        var lines = new CopyOnWriteArrayList<String>();
        var request = DropShop.request(shop.web("/api/v1/drops/" + drop + "/events"), null)
                .build();
        var _ = shop.http().sendAsync(request, BodyHandlers.ofLines()).thenAccept(answer -> answer.body()
                .forEach(lines::add));
        return lines;
    }
}
