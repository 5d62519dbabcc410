package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.PostgresEngine;
import io.openrun.engines.RedisEngine;
import io.openrun.engines.SharedEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.config.Config;

/** What holds when Redis forgets everything or dies in the middle of a sale, and when the database crashes. */
class EnginesAwayTest {

    private static final int CROWD = 150;
    private static final int STOCK = 100;

    @TempDir
    private Path home;

    private static StockPlan limited(long quantity) {
        return new StockPlan(quantity, 1, null, null, Duration.ofMinutes(15));
    }

    private static void assertClean(Shops shops, StockId stock) {
        StockAudit audit = shops.stocks().audit(stock).orElseThrow();
        assertThat(audit.isClean()).as(audit.toString()).isTrue();
    }

    /** A crowd buys; in the middle of it something happens. Returns the answers. */
    private static List<HoldResult> sale(Shops shops, StockId stock, Runnable inTheMiddle) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        return allAtOnce(CROWD, i -> shops.ledger(i, "redis-lock")
                .hold(new HoldRequest(stock, somebody(), 1, null))
                .whenComplete((answer, bug) -> {
                    if (answered.incrementAndGet() == STOCK / 4) {
                        inTheMiddle.run();
                    }
                }));
    }

    @Test
    void sellsExactlyTheStockThoughRedisForgetsItsLocks() throws Exception {
        try (RedisEngine redis = RedisEngine.start(home, 0);
                Shops shops = Shops.open(2, Shops.patient(), newDatabase(), redis.url())) {
            StockId stock = shops.stock(limited(STOCK));
            Config config = new Config();
            config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(1);
            var client = Redisson.create(config);

            List<HoldResult> answers = sale(shops, stock, () -> client.getKeys().flushall());

            assertThat(held(answers)).hasSize(STOCK);
            assertClean(shops, stock);
            client.shutdown();
        }
    }

    @Test
    void sellsExactlyTheStockThoughRedisDies() throws Exception {
        try (RedisEngine redis = RedisEngine.start(home, 0);
                Shops shops = Shops.open(2, Shops.patient(), newDatabase(), redis.url())) {
            StockId stock = shops.stock(limited(STOCK));

            List<HoldResult> answers = sale(shops, stock, redis::kill);

            assertSellsOut(shops, stock, answers);
        }
    }

    @Test
    void sellsExactlyTheStockWithoutAnyRedis() throws Exception {
        try (Shops shops = Shops.open(1, Shops.patient(), newDatabase(), "redis://127.0.0.1:1")) {
            StockId stock = shops.stock(limited(50));

            List<HoldResult> answers = sale(shops, stock, () -> {});

            assertSellsOut(shops, stock, answers);
        }
    }

    /** Without the lock some may be told to try again; nobody is told a wrong answer, and nothing is lost. */
    private static void assertSellsOut(Shops shops, StockId stock, List<HoldResult> answers) throws Exception {
        assertThat(answers)
                .allMatch(answer -> answer instanceof HoldResult.Held
                        || answer instanceof HoldResult.SoldOut
                        || answer instanceof HoldResult.Busy);
        assertThat(shops.stocks().find(stock).orElseThrow().held())
                .isEqualTo(held(answers).size());
        await().until(
                        () -> answer(shops.ledger(0, "redis-lock").hold(new HoldRequest(stock, somebody(), 1, null))),
                        HoldResult.SoldOut.class::isInstance);
        assertThat(shops.stocks().find(stock).orElseThrow().remaining()).isZero();
        assertClean(shops, stock);
    }

    private static String newDatabase() {
        return SharedEngines.newDatabase();
    }

    @Test
    void keepsWhatItPromisedAndRecoversWhenTheDatabaseCrashesInTheMiddleOfASale() throws Exception {
        PostgresEngine first = PostgresEngine.start(home, 0);
        PostgresEngine database = first;
        LedgerSettings settings =
                new SettingsBuilder().outcomeWait(Duration.ofMillis(500)).build();
        try (Shops shops = Shops.openHasty(settings, database.jdbcUrl())) {
            StockId stock = shops.stock(limited(1_000_000));
            AtomicInteger answered = new AtomicInteger();

            List<HoldResult> answers = allAtOnce(CROWD, i -> shops.instance(0)
                    .standard()
                    .hold(new HoldRequest(stock, somebody(), 1, null))
                    .whenComplete((answer, bug) -> {
                        if (answered.incrementAndGet() == 1) {
                            first.kill();
                        }
                    }));
            database = PostgresEngine.start(home, first.port());
            HoldResult later = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> answer(
                                    shops.instance(0).standard().hold(new HoldRequest(stock, somebody(), 1, null))),
                            HoldResult.Held.class::isInstance);

            var sold =
                    shops.log().after(stock, 0, 10_000).stream().map(Hold::id).collect(Collectors.toSet());
            assertThat(sold)
                    .containsAll(held(answers).stream().map(Hold::id).toList())
                    .contains(((HoldResult.Held) later).hold().id());
            assertThat(answers)
                    .allMatch(answer -> answer instanceof HoldResult.Held || answer instanceof HoldResult.Busy);
            assertClean(shops, stock);
        } finally {
            database.close();
        }
    }
}
