package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.drop.Neighbours.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the catalog does, no unit is lost and none is there twice. */
class CatalogAwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.open("openrun.drop.drafts.abandoned-after=500ms", "openrun.drop.drafts.look-every=100ms");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theCatalogIsWellAgain() {
        shop.neighbours.fallSilent(Silence.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Silence.class,
            names = {"BEFORE", "AFTER", "BROKEN"})
    void unsoldUnitsGoBackOnceTheCatalogAnswers(Silence how) {
        var product = shop.neighbours.product(10);
        var drop = scheduled(product, 10);
        assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);

        shop.neighbours.fallSilent(how);
        assertThat(cancel(drop).statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> returning(drop) == 10);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(how == Silence.AFTER ? 10 : 0);
        shop.neighbours.fallSilent(Silence.NONE);

        await().atMost(PATIENCE).until(() -> returning(drop) == 0);
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(10);
    }

    @Test
    void unitsOfAProductThatIsGoneAreNotOfferedForEver() {
        var product = shop.neighbours.product(10);
        var drop = scheduled(product, 10);
        shop.neighbours.remove(product);

        assertThat(cancel(drop).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(shop.database()
                        .sql("SELECT returned_units FROM drops.drop WHERE id = ? AND returning_units = 0")
                        .param(drop)
                        .query(Long.class)
                        .optional())
                .hasValue(10L));
    }

    @Test
    void aDraftWhoseUnitsNeverLeftIsWithdrawnAndTakesNothing() {
        var scarce = draft(10);
        var gone = draft(10);
        shop.neighbours.stock(scarce, 1);
        shop.neighbours.remove(gone);
        await().atMost(PATIENCE).until(() -> phase(scarce).equals("WITHDRAWING"));
        shop.neighbours.fallSilent(Silence.NONE);

        await().atMost(PATIENCE)
                .until(() -> phase(scarce).equals("WITHDRAWN") && phase(gone).equals("WITHDRAWN"));
        assertThat(shop.neighbours.stockOf(scarce)).isEqualTo(1);
        assertThat(shop.neighbours.moves()).noneMatch(move -> move.delta() == -7);
    }

    @Test
    void aDropThatWasWithdrawnMeanwhileIsNotScheduledByALateAnswer() throws Exception {
        var product = shop.neighbours.product(10);
        shop.neighbours.fallSilent(Silence.LATE);
        try (var administrator = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = administrator.submit(() -> shop.schedule(product, 10, ""));
            await().atMost(PATIENCE).until(() -> phase(product).equals("WITHDRAWING"));
            shop.neighbours.fallSilent(Silence.NONE);

            assertThat(code(answer.get())).isEqualTo("503 BUSY");
        }
        await().atMost(PATIENCE).until(() -> phase(product).equals("WITHDRAWN"));
        assertThat(shop.neighbours.stockOf(product)).isEqualTo(10);
    }

    /** A draft of seven units that the catalog has not heard of, and its product. */
    private static UUID draft(long units) {
        var product = shop.neighbours.product(units);
        shop.neighbours.fallSilent(Silence.BEFORE);
        assertThat(code(shop.schedule(product, 7, ""))).isEqualTo("503 BUSY");
        return product;
    }

    private static UUID scheduled(UUID product, long units) {
        var now = Instant.now();
        return shop.scheduled(product, units, 1, now.minusSeconds(1), now.plusSeconds(600), "");
    }

    private static java.net.http.HttpResponse<String> cancel(UUID drop) {
        return shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");
    }

    private static long returning(UUID drop) {
        return shop.database()
                .sql("SELECT returning_units FROM drops.drop WHERE id = ?")
                .param(drop)
                .query(Long.class)
                .single();
    }

    private static String phase(UUID product) {
        return shop.database()
                .sql("SELECT coalesce(max(phase), 'NONE') FROM drops.drop WHERE product_id = ?")
                .param(product)
                .query(String.class)
                .single();
    }
}
