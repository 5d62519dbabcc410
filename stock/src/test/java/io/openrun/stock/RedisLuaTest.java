package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.GatedShops.CROWD;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate in Redis refuses what the database has refused, and lets in what it has again. */
class RedisLuaTest {

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
    void refusesACrowdWithoutAskingTheDatabase() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        assertThat(shops.hold(0, stock)).isInstanceOf(HoldResult.Held.class);

        // The database has to be asked again once a second; a crowd that comes in between is the gate's alone.
        await().until(() -> {
            shops.hold(0, stock);
            shops.awaitMark(stock);
            double asked = shops.askedOfTheDatabase();
            double refused = shops.refusedByTheGate();
            List<HoldResult> answers = shops.sale(stock);
            assertThat(answers).containsOnly(new HoldResult.SoldOut());
            return shops.askedOfTheDatabase() == asked && shops.refusedByTheGate() == refused + CROWD;
        });
        shops.assertClean(stock);
    }

    @Test
    void opensTheGateWithWhatRemainsAndCountsWhatItGrants() throws Exception {
        StockId stock = shops.stock(limited(50, 1));
        assertThat(shops.hold(0, stock)).isInstanceOf(HoldResult.Held.class);

        assertThat(shops.unitsAtTheGate(stock)).isEqualTo("49");
    }

    @Test
    void asksTheDatabaseAgainWhenItsWordIsASecondOld() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        shops.hold(0, stock);
        shops.awaitMark(stock);

        await().until(() -> !shops.isMarkedSoldOut(stock));
        double asked = shops.askedOfTheDatabase();

        assertThat(shops.hold(1, stock)).isEqualTo(new HoldResult.SoldOut());
        assertThat(shops.askedOfTheDatabase()).isEqualTo(asked + 1);
    }

    @Test
    void givesBackWhatTheDatabaseRefuses() throws Exception {
        StockId stock = shops.stock(limited(10, 1));
        HolderId greedy = somebody();
        HoldRequest request = new HoldRequest(stock, greedy, 1, null);
        assertThat(answer(shops.ledger(0).hold(request))).isInstanceOf(HoldResult.Held.class);

        for (int i = 0; i < 20; i++) {
            assertThat(answer(shops.ledger(i).hold(request))).isEqualTo(new HoldResult.LimitReached(1, 1));
        }

        await().until(() -> shops.unitsAtTheGate(stock).equals("9"));
        shops.assertClean(stock);
    }

    @Test
    void replaysAUsedKeyThoughTheGateRefuses() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        HoldRequest request = new HoldRequest(stock, somebody(), 1, "mine");
        Hold first = ((HoldResult.Held) answer(shops.ledger(0).hold(request))).hold();

        await().until(() -> {
            shops.hold(0, stock);
            shops.awaitMark(stock);
            double asked = shops.askedOfTheDatabase();
            assertThat(answer(shops.ledger(1).hold(request))).isEqualTo(new HoldResult.Replayed(first));
            return shops.askedOfTheDatabase() == asked;
        });
        HoldRequest unused = new HoldRequest(stock, somebody(), 1, "mine");
        assertThat(answer(shops.ledger(1).hold(unused))).isEqualTo(new HoldResult.SoldOut());
    }

    @Test
    void letsWhoReturnsAUnitBuyItAtOnce() throws Exception {
        StockId stock = shops.stock(StockPlan.of(1));
        for (int i = 0; i < 50; i++) {
            HoldResult result = shops.hold(0, stock);
            assertThat(result).as("time " + i).isInstanceOf(HoldResult.Held.class);
            shops.awaitSoldOut(stock);

            answer(shops.ledger(0)
                    .release(stock, ((HoldResult.Held) result).hold().id()));
        }
        assertThat(shops.cleanAudit(stock).remaining()).isEqualTo(1);
    }

    @Test
    void sellsOnOneInstanceWhatIsReleasedOnAnotherWhileACrowdIsRefused() throws Exception {
        StockId stock = shops.stock(StockPlan.of(50));
        List<Hold> holds = held(allAtOnce(50, i -> shops.ledger(0).hold(oneOf(stock))));
        assertThat(shops.hold(1, stock)).isEqualTo(new HoldResult.SoldOut());

        List<Object> answers = allAtOnce(
                CROWD,
                i -> i < 50
                        ? shops.ledger(0).release(stock, holds.get(i).id()).thenApply(Object.class::cast)
                        : shops.ledger(1).hold(oneOf(stock)).thenApply(Object.class::cast));
        long again = count(answers, HoldResult.Held.class);
        for (; again < 50; again++) {
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> shops.hold(1, stock), HoldResult.Held.class::isInstance);
        }

        assertThat(shops.hold(0, stock)).isEqualTo(new HoldResult.SoldOut());
        assertThat(shops.cleanAudit(stock).held()).isEqualTo(50);
    }
}
