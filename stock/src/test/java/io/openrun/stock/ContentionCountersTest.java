package io.openrun.stock;

import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.config.Config;

/** What it took to decide is counted: retries, and locks that were not got in time. */
class ContentionCountersTest {

    private final String url = SharedEngines.newDatabase();

    private static HoldRequest one(StockId stock) {
        return new HoldRequest(stock, somebody(), 1, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimistic", "redis-lock"})
    void countsALostFenceAsOneRetry(String strategy) throws Exception {
        try (Shops shops = Shops.open(1, Shops.patient(), url)) {
            StockId stock = shops.stock(StockPlan.of(10));

            CompletableFuture<HoldResult> hold;
            try (LockedStock locked = new LockedStock(url, stock)) {
                hold = shops.ledger(0, strategy).hold(one(stock));
                locked.awaitWaiter();
                locked.run("UPDATE drops.stock SET version = version + 1");
                locked.letGo();
            }

            assertThat(answer(hold)).isInstanceOf(HoldResult.Held.class);
            assertThat(shops.counted(0, "openrun.stock.retries", "strategy", strategy, "schema", "drops"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"group-commit", "pessimistic", "conditional-update"})
    void countsARowLockThatWasNotGotInTime(String strategy) throws Exception {
        LedgerSettings impatient =
                new SettingsBuilder().databaseTimeout(Duration.ofSeconds(4)).build();
        try (Shops shops = Shops.open(1, impatient, url)) {
            StockId stock = shops.stock(StockPlan.of(10));

            try (LockedStock ignored = new LockedStock(url, stock)) {
                assertThat(answer(shops.ledger(0, strategy).hold(one(stock)))).isInstanceOf(HoldResult.Busy.class);
            }

            assertThat(shops.counted(0, "openrun.stock.lock.timeouts", "strategy", strategy, "schema", "drops"))
                    .isEqualTo(1);
            assertThat(shops.counted(0, "openrun.stock.retries")).isZero();
        }
    }

    @Test
    void countsARedisLockThatWasNotGotInTimeAndSellsWithoutIt() throws Exception {
        Config config = new Config();
        config.useSingleServer().setAddress(SharedEngines.redis().url()).setConnectionMinimumIdleSize(1);
        var redis = Redisson.create(config);
        try (Shops shops = Shops.open(1, Shops.patient(), url)) {
            StockId stock = shops.stock(StockPlan.of(10));
            redis.getLock("openrun:drops:stock:{" + stock + "}:lock").lock();

            assertThat(answer(shops.ledger(0, "redis-lock").hold(one(stock)))).isInstanceOf(HoldResult.Held.class);

            assertThat(shops.counted(0, "openrun.stock.lock.timeouts", "strategy", "redis-lock"))
                    .isEqualTo(1);
        } finally {
            redis.shutdown();
        }
    }

    @Test
    void losersOfAFenceSpreadOverASpanThatDoublesUpToABound() {
        assertThat(Optimistic.span(1)).isEqualTo(Duration.ofMillis(2));
        assertThat(Optimistic.span(2)).isEqualTo(Duration.ofMillis(4));
        assertThat(Optimistic.span(6)).isEqualTo(Duration.ofMillis(64));
        assertThat(Optimistic.span(99)).isEqualTo(Duration.ofMillis(64));
    }
}
