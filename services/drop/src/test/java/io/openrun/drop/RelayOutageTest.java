package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.DropEvent;
import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.DropPlan;
import io.openrun.drop.schedule.ScheduleDrop;
import io.openrun.engines.FreePort;
import io.openrun.engines.KafkaEngine;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The sale goes on without the broker and with a broken connection, and the log arrives whole and in order. */
class RelayOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void sellsWithoutABrokerAndTellsEverythingInOrderOnceThereIsOne(@TempDir Path home, CapturedOutput output) {
        int port = FreePort.any();
        try (var shop = DropShop.open("spring.kafka.bootstrap-servers=127.0.0.1:" + port)) {
            var drop = scheduled(shop, 50);
            hold(shop, drop, 50);
            await().atMost(PATIENCE).until(() -> output.getOut().contains("the hold relay waits"));

            try (var broker = KafkaEngine.start(home, port);
                    var log = new EventLog(broker.servers())) {
                await().atMost(PATIENCE).until(() -> sequences(log.of(drop)).size() >= 50);

                assertThat(sequences(log.of(drop))).containsExactlyElementsOf(upTo(50));
            }
        }
    }

    @Test
    void goesOnWithAnotherConnectionWhenTheDatabaseDropsIts() {
        try (var shop = DropShop.open();
                var log = new EventLog()) {
            var drop = scheduled(shop, 20);
            hold(shop, drop, 10);
            await().atMost(PATIENCE).until(() -> sequences(log.of(drop)).size() == 10);

            assertThat(shop.database().sql("""
                                    SELECT count(pg_terminate_backend(pid)) FROM pg_locks
                                    WHERE locktype = 'advisory' AND granted
                                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                                    """).query(Long.class).single()).isPositive();
            hold(shop, drop, 10);

            await().atMost(PATIENCE)
                    .until(() -> sequences(log.of(drop)).stream().distinct().count() == 20);
            assertThat(sequences(log.of(drop)).stream().distinct()).containsExactlyElementsOf(upTo(20));
        }
    }

    @Test
    void leavesTheMachineToAStampedeAndCatchesUpAfterIt() {
        try (var shop = DropShop.open(
                        "openrun.drop.relay.yield-above-holds-per-second=1",
                        "openrun.drop.relay.yield-above-cpu=-1",
                        "openrun.drop.relay.trickle=1",
                        "openrun.drop.relay.trickle-every=500ms");
                var log = new EventLog()) {
            var drop = scheduled(shop, 1_000);
            long sold = 0;
            for (var end = Instant.now().plusSeconds(3); Instant.now().isBefore(end) && sold < 1_000; sold++) {
                assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
            }

            long told = shop.database()
                    .sql("SELECT coalesce(max(sequence), 0) FROM drops.relay_position WHERE stock_id = ?")
                    .param(drop)
                    .query(Long.class)
                    .single();
            assertThat(told).isLessThan(sold / 2);
            var all = upTo(sold);
            await().atMost(PATIENCE).until(() -> sequences(log.of(drop)).size() >= all.size());
            assertThat(sequences(log.of(drop))).containsExactlyElementsOf(all);
        }
    }

    private static UUID scheduled(DropShop shop, long units) {
        var now = Instant.now();
        var plan = new DropPlan(
                shop.neighbours.product(units),
                "A drop",
                units,
                15_000,
                1,
                now.minusSeconds(60),
                now.plusSeconds(3600),
                600,
                null);
        var result = shop.bean(ScheduleDrop.class).schedule(plan);
        return ((ScheduleDrop.Result.Scheduled) result).dropId();
    }

    private static void hold(DropShop shop, UUID drop, int count) {
        var ledger = shop.bean(DropEngine.class).ledger("group-commit");
        var holds = Stream.generate(() -> new HoldRequest(new StockId(drop), new HolderId(UUID.randomUUID()), 1, null))
                .limit(count)
                .map(ledger::hold)
                .toList();
        assertThat(holds).allSatisfy(hold -> assertThat(hold.join()).isInstanceOf(HoldResult.Held.class));
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<Long> sequences(List<DropEvent> events) {
        return events.stream()
                .filter(StockHeld.class::isInstance)
                .map(event -> ((StockHeld) event).sequence())
                .toList();
    }
}
