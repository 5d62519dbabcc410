package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.DropEvent;
import io.openrun.contracts.DropEvent.StockExpired;
import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.DropEvent.StockReleased;
import io.openrun.drop.engine.DropEngine;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hold log reaches Kafka: all of it, in order, whatever happens to the relays. */
class RelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static DropShop shop;
    private static EventLog log;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
        log = new EventLog();
    }

    @AfterAll
    static void close() {
        log.close();
    }

    @Test
    void tellsWhatWasBought() {
        var drop = shop.openDrop(10, 2);
        var buyer = UUID.randomUUID();
        var answer = DropShop.json(shop.buy(drop, Tokens.shopper(buyer), 2));

        await().atMost(PATIENCE).until(() -> log.of(drop).size() == 1);

        var held = (StockHeld) log.of(drop).getFirst();
        assertThat(held.orderId()).hasToString(answer.get("orderId").stringValue());
        assertThat(held.userId()).isEqualTo(buyer);
        assertThat(held.quantity()).isEqualTo(2);
        assertThat(held.amount()).isEqualTo(30_000);
        assertThat(held.expiresAt()).hasToString(answer.get("holdExpiresAt").stringValue());
    }

    @Test
    void tellsEveryHoldInTheOrderOfTheLine() {
        var drop = shop.openDrop(5_000, 1);

        hold(shop, drop, 5_000);

        await().atMost(PATIENCE).until(() -> log.of(drop).size() >= 5_000);
        assertThat(sequences(log.of(drop)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 5_000).boxed().toList());
    }

    @Test
    void losesNothingWhenItsPositionIsLost() {
        var drop = shop.openDrop(20, 1);
        hold(shop, drop, 10);
        await().atMost(PATIENCE).until(() -> log.of(drop).size() == 10);

        shop.database()
                .sql("UPDATE drops.relay_position SET sequence = 5 WHERE stock_id = ?")
                .param(drop)
                .update();
        hold(shop, drop, 1);

        await().atMost(PATIENCE).until(() -> log.of(drop).size() == 16);
        assertThat(sequences(log.of(drop)))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 6L, 7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void keepsTheOrderWithTwoInstancesAndWhenOneOfThemStops() {
        var drop = shop.openDrop(3_000, 1);
        try (var second = shop.another()) {
            hold(second, drop, 500);
            hold(shop, drop, 500);
            try (var third = shop.another()) {
                hold(third, drop, 1_000);
            }
            hold(second, drop, 500);
        }
        hold(shop, drop, 500);

        await().atMost(PATIENCE)
                .until(() -> sequences(log.of(drop)).stream().distinct().count() == 3_000);
        assertThat(sequences(log.of(drop)).stream().distinct())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 3_000).boxed().toList());
    }

    @Test
    void tellsOfAnExpiryOnceAndAfterItsHold() {
        var drop = shop.drop(50, 1, ",\"paymentWindowSeconds\":1");
        hold(shop, drop, 50);

        await().atMost(PATIENCE).until(() -> log.of(drop).size() >= 100);

        var events = log.of(drop);
        assertThat(events).hasSize(100);
        var expired = events.stream().filter(StockExpired.class::isInstance).toList();
        assertThat(expired.stream().map(DropEvent::orderId))
                .doesNotHaveDuplicates()
                .hasSize(50);
        for (var one : expired) {
            var held = events.stream()
                    .filter(e -> e instanceof StockHeld && e.orderId().equals(one.orderId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(events.indexOf(held)).isLessThan(events.indexOf(one));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shop.audit(drop).get("remaining").longValue())
                .isEqualTo(50));
    }

    @Test
    void tellsOrdersOfACancelledDropThatTheirHoldsWereReleased() {
        var drop = shop.openDrop(10, 1);
        hold(shop, drop, 3);

        shop.post(shop.web("/api/v1/drops/" + drop + "/cancel"), Tokens.admin(), "");

        await().atMost(PATIENCE).until(() -> log.of(drop).size() == 6);
        assertThat(log.of(drop).subList(3, 6)).allMatch(StockReleased.class::isInstance);
    }

    private static void hold(DropShop where, UUID drop, int count) {
        var ledger = where.bean(DropEngine.class).ledger("group-commit");
        List<CompletableFuture<HoldResult>> holds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            holds.add(ledger.hold(new HoldRequest(new StockId(drop), new HolderId(UUID.randomUUID()), 1, null)));
        }
        assertThat(holds).allSatisfy(hold -> assertThat(hold.join()).isInstanceOf(HoldResult.Held.class));
    }

    private static List<Long> sequences(List<DropEvent> events) {
        return events.stream()
                .filter(StockHeld.class::isInstance)
                .map(event -> ((StockHeld) event).sequence())
                .toList();
    }
}
