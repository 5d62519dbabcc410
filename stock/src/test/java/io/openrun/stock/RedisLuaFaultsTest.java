package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.GatedShops.CROWD;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.SharedEngines;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate in Redis may forget, lie, die and come back from the past: it saves questions and never decides. */
class RedisLuaFaultsTest {

    @TempDir
    private Path home;

    private GatedShops shops;

    @BeforeEach
    void openShops() {
        shops = GatedShops.open(home);
    }

    @AfterEach
    void closeShops() {
        shops.close();
    }

    @Test
    void sellsExactlyTheStockThoughRedisForgetsEverythingAgainAndAgain() throws Exception {
        StockId stock = shops.stock(limited(250, 1));

        List<HoldResult> answers = shops.sale(stock, 25, () -> shops.emptyRedis());

        assertSoldOut(stock, answers, 250);
    }

    @Test
    void sellsExactlyTheStockThoughRedisDiesAndComesBack() throws Exception {
        StockId stock = shops.stock(limited(250, 1));
        shops.hold(0, stock);

        AtomicInteger died = new AtomicInteger();
        List<HoldResult> answers = shops.sale(stock, 50, () -> {
            if (died.getAndIncrement() == 0) {
                shops.killRedis();
            }
        });

        assertSoldOut(stock, answers, 249);
        shops.startRedisAgain();
        for (Hold hold : held(answers).subList(0, 100)) {
            answer(shops.ledger(1).release(stock, hold.id()));
        }
        await().until(() -> {
            shops.hold(0, stock);
            shops.hold(1, stock);
            return shops.unitsAtTheGate(stock) != null;
        });
        shops.sale(stock);
        assertThat(shops.cleanAudit(stock).remaining()).isZero();
    }

    @Test
    void sellsExactlyTheStockWithoutAnyRedis() throws Exception {
        try (Shops alone = Shops.open(2, GatedShops.FORGETFUL, SharedEngines.newDatabase(), "redis://127.0.0.1:1")) {
            StockId stock = alone.stock(limited(250, 1));

            List<HoldResult> answers =
                    allAtOnce(CROWD, i -> alone.ledger(i, "redis-lua").hold(oneOf(stock)));

            assertThat(held(answers)).hasSize(250);
            assertThat(alone.stocks().audit(stock).orElseThrow().isClean()).isTrue();
        }
    }

    @Test
    void sellsExactlyTheStockWithAGateFromThePastThatHasTooMany() throws Exception {
        StockId stock = shops.stock(limited(250, 1));
        shops.hold(0, stock);

        restoreAfter(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(shops.hold(i, stock)).isInstanceOf(HoldResult.Held.class);
            }
        });
        int before = heldUntilTheGateIsNoLonger(stock, "249");
        List<HoldResult> answers = shops.sale(stock);

        assertSoldOut(stock, answers, 149 - before);
    }

    @Test
    void sellsExactlyTheStockWithAGateFromThePastThatHasTooFew() throws Exception {
        StockId stock = shops.stock(limited(150, 1));
        List<Hold> holds = held(allAtOnce(150, i -> shops.ledger(i).hold(oneOf(stock))));
        assertThat(holds).hasSize(150);
        await().until(() -> "0".equals(shops.unitsAtTheGate(stock)));

        restoreAfter(() -> {
            for (Hold hold : holds.subList(0, 100)) {
                answer(shops.ledger(0).release(stock, hold.id()));
            }
        });
        int before = heldUntilTheGateIsNoLonger(stock, "0");
        List<HoldResult> answers = shops.sale(stock);

        assertSoldOut(stock, answers, 100 - before);
    }

    @Test
    void sellsExactlyTheStockWhateverTheGateSays() throws Exception {
        StockId stock = shops.stock(limited(250, 1));
        shops.hold(0, stock);

        AtomicInteger change = new AtomicInteger();
        List<String> lies = List.of("0", "1000000", "nonsense", "-5", "3");
        List<HoldResult> answers = shops.sale(
                stock, 30, () -> shops.setUnitsAtTheGate(stock, lies.get(change.getAndIncrement() % lies.size())));

        assertSoldOut(stock, answers, 249);
    }

    /** Redis writes a snapshot, goes on, is killed, and comes back as it was then. */
    private void restoreAfter(Actions actions) throws Exception {
        shops.saveRedis();
        actions.run();
        shops.killRedis();
        shops.startRedisAgain();
    }

    private interface Actions {
        void run() throws Exception;
    }

    /** Buys until the instances use the gate again, which comes back with so many units. */
    private int heldUntilTheGateIsNoLonger(StockId stock, String units) {
        assertThat(shops.unitsAtTheGate(stock)).isEqualTo(units);
        AtomicInteger held = new AtomicInteger();
        await().until(() -> {
            held.addAndGet(held(List.of(shops.hold(held.get(), stock))).size());
            return !units.equals(shops.unitsAtTheGate(stock));
        });
        return held.get();
    }

    private void assertSoldOut(StockId stock, List<HoldResult> answers, int sold) {
        assertThat(held(answers)).hasSize(sold);
        assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(CROWD - sold);
        assertThat(shops.cleanAudit(stock).remaining()).isZero();
    }
}
