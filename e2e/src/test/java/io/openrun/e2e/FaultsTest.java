package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.openrun.engines.KafkaEngine;
import io.openrun.engines.PostgresEngine;
import io.openrun.engines.ProcessRecord;
import io.openrun.engines.RedisEngine;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Things break in the middle of a sale. Every request is recorded with its answer; afterwards the database is audited
 * by SQL: nothing oversold, nothing that was answered 201 lost, nobody over the limit, no gap in the line.
 *
 * <p>It breaks a shop of its own, one fault after the other, beside the tests of the shop that is not broken.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

    private static final int BUYERS = 1_500;
    private static final int STOCK = 1_000;
    private static final int CALLERS = 48;

    private static final List<String> PROCESSES = List.of("shop", "kafka", "redis", "postgres");

    private static TheShop shop;

    /** What a buyer was told. */
    private record Told(Shopper buyer, String answer, String orderId) {}

    @BeforeAll
    static void aShopToBreak() {
        shop = TheShop.start();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenTheShopIsKilledMidSale() throws Exception {
        var sale = new Sale();
        sale.runAnd(() -> {
            shop.running.shop().kill();
            shop.running.restartShop();
        });
        sale.isKept();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenTheDatabaseIsKilledMidSale() throws Exception {
        var sale = new Sale();
        sale.runAnd(() -> {
            var postgres = shop.running.engines().postgres();
            int port = postgres.port();
            postgres.kill();
            PostgresEngine.start(shop.running.home(), port);
        });
        sale.isKept();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenTheBrokerIsKilledMidSale() throws Exception {
        var sale = new Sale();
        sale.runAnd(() -> {
            var kafka = shop.running.engines().kafka();
            int port = kafka.port();
            kafka.kill();
            KafkaEngine.start(shop.running.home(), port);
        });
        sale.isKept();
    }

    /** As when the machine loses its power: nobody has a moment to write anything down. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenEverythingIsKilledMidSale() throws Exception {
        var sale = new Sale();
        sale.runAnd(() -> {
            var engines = shop.running.engines();
            PROCESSES.forEach(FaultsTest::killNow);
            PostgresEngine.start(shop.running.home(), engines.postgres().port());
            RedisEngine.start(shop.running.home(), engines.redis().port());
            KafkaEngine.start(shop.running.home(), engines.kafka().port());
            shop.running.restartShop();
        });
        sale.isKept();
    }

    private static void killNow(String process) {
        ProcessRecord.readFrom(shop.running.home().resolve("run").resolve(process + ".pid"))
                .flatMap(ProcessRecord::find)
                .orElseThrow()
                .destroyForcibly();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void doesNotNoticeThatRedisLostEverythingMidSale() throws Exception {
        var sale = new Sale();
        sale.runAnd(() -> {
            var redis = shop.running.engines().redis();
            try (var client = RedisClient.create(redis.url());
                    var connection = client.connect()) {
                connection.sync().flushall();
            }
            int port = redis.port();
            redis.kill();
            RedisEngine.start(shop.running.home(), port);
        });
        assertThat(sale.told)
                .allMatch(t -> t.answer().equals("OK") || t.answer().equals("SOLD_OUT"));
        sale.isKept();
    }

    /** One drop with many buyers, a few dozen at a time. */
    private static final class Sale {

        private final String drop = shop.newOpenDrop(shop.newProduct(STOCK), STOCK, 1);
        private final Queue<Shopper> queue = new ConcurrentLinkedQueue<>(shop.newShoppers(BUYERS));
        private final Queue<Told> told = new ConcurrentLinkedQueue<>();
        private final AtomicInteger answered = new AtomicInteger();

        /** Runs the sale and lets the fault happen once a few hundred buyers have their answer. */
        void runAnd(Runnable fault) throws Exception {
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CALLERS; i++) {
                    callers.execute(this::buyUntilNobodyIsLeft);
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() >= 300);
                callers.submit(fault).get();
            }
        }

        private void buyUntilNobodyIsLeft() {
            for (Shopper buyer; (buyer = queue.poll()) != null; ) {
                told.add(buy(buyer));
                answered.incrementAndGet();
            }
        }

        private Told buy(Shopper buyer) {
            try {
                var answer = buyer.at(shop.lane()).post("/api/v1/drops/" + drop + "/purchases", Map.of("quantity", 1));
                if (answer.status() == 201) {
                    return new Told(buyer, "OK", answer.json().path("orderId").asString());
                }
                assertThat(answer.status()).as("%s", answer).isIn(409, 429, 503);
                return new Told(buyer, answer.code(), "");
            } catch (Shopper.Unanswered e) {
                return new Told(buyer, "UNKNOWN", "");
            }
        }

        void isKept() throws SQLException {
            var promised = told.stream().filter(t -> t.answer().equals("OK")).toList();
            assertThat(told).hasSize(BUYERS);
            assertThat(promised).hasSizeGreaterThan(100);
            sellTheRest();

            for (var promise : promised) {
                promise.buyer().at(shop.base()).awaitOrder(promise.orderId(), "PENDING_PAYMENT");
            }
            try (var database = DriverManager.getConnection(
                    shop.running.engines().postgres().jdbcUrl())) {
                for (var promise : promised) {
                    assertThat(count(
                                    database,
                                    "SELECT count(*) FROM drops.hold WHERE unit = 1 AND id = '" + promise.orderId()
                                            + "'"))
                            .isEqualTo(1);
                }
                var stock = " FROM drops.stock WHERE id = '" + drop + "'";
                assertThat(count(database, "SELECT quantity - remaining" + stock))
                        .isEqualTo(STOCK);
                assertThat(count(database, "SELECT held + confirmed" + stock)).isEqualTo(STOCK);
                var holds = " FROM drops.hold WHERE unit = 1 AND stock_id = '" + drop + "'";
                assertThat(count(database, "SELECT count(*)" + holds)).isEqualTo(STOCK);
                assertThat(count(database, "SELECT count(DISTINCT holder)" + holds))
                        .isEqualTo(STOCK);
                assertThat(count(database, "SELECT max(sequence) - count(*)" + holds))
                        .isZero();
                var orders = new ArrayList<Long>();
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    orders.add(count(database, "SELECT count(*) FROM orders.orders WHERE drop_id = '" + drop + "'"));
                    return orders.getLast() == STOCK;
                });
            }
        }

        /** Those who were refused as busy, or never answered, come again: at the end everything is sold, exactly. */
        private void sellTheRest() {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> shop.newShoppers(20).stream().map(this::buy).anyMatch(t -> t.answer()
                            .equals("SOLD_OUT")));
        }

        private static long count(java.sql.Connection database, String sql) throws SQLException {
            try (var statement = database.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
