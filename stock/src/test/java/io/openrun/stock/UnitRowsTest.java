package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of {@code unit-rows} may be out of step with the counter; the counter decides, and they are put right. */
class UnitRowsTest {

    private static String url;
    private static Shops shops;

    @BeforeAll
    static void openShops() {
        url = SharedEngines.newDatabase();
        shops = Shops.open(2, Shops.patient(), url);
    }

    @AfterAll
    static void closeShops() {
        shops.close();
    }

    private static HoldResult hold(String strategy, StockId stock, int quantity) throws Exception {
        return answer(shops.ledger(0, strategy).hold(new HoldRequest(stock, somebody(), quantity, null)));
    }

    private static long rows(StockId stock) {
        return shops.one("SELECT count(*) FROM drops.stock_unit WHERE stock_id = '" + stock + "'", Long.class);
    }

    private static StockAudit audit(StockId stock) {
        StockAudit audit = shops.stocks().audit(stock).orElseThrow();
        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        return audit;
    }

    @Test
    void laysOutNoMoreRowsThanAChunkHoweverLargeTheStock() throws Exception {
        StockId stock = shops.stock(StockPlan.of(5_000_000));
        assertThat(rows(stock)).isZero();

        assertThat(hold("unit-rows", stock, 1)).isInstanceOf(HoldResult.Held.class);
        assertThat(rows(stock)).isEqualTo(Shelf.MOST_UNITS);

        assertThat(hold("unit-rows", stock, 3)).isInstanceOf(HoldResult.Held.class);
        assertThat(rows(stock)).isEqualTo(Shelf.MOST_UNITS - 3);
        audit(stock);
    }

    @Test
    void sellsChunkAfterChunkToTheLastUnit() throws Exception {
        StockId stock = shops.stock(StockPlan.of(2_500));

        List<HoldResult> answers = allAtOnce(
                400, i -> shops.ledger(i, "unit-rows").hold(new HoldRequest(stock, somebody(), 1 + i % 13, null)));

        long units = held(answers).stream().mapToLong(Hold::quantity).sum();
        StockAudit audit = audit(stock);
        assertThat(audit.held()).isEqualTo(units);
        assertThat(audit.remaining()).as("one unit was wanted to the end").isZero();
        assertThat(rows(stock)).isZero();
    }

    @Test
    void sellsMoreThanAChunkAtOnceByTheCounter() throws Exception {
        StockId stock = shops.stock(StockPlan.of(2_000));

        assertThat(hold("unit-rows", stock, 1_500)).isInstanceOf(HoldResult.Held.class);
        assertThat(rows(stock)).isEqualTo(500);
        assertThat(hold("unit-rows", stock, 501)).isEqualTo(new HoldResult.SoldOut());
        assertThat(hold("unit-rows", stock, 500)).isInstanceOf(HoldResult.Held.class);
        audit(stock);
    }

    @Test
    void sellsWhatRemainsThoughTooFewRowsLieOut() throws Exception {
        StockId stock = shops.stock(StockPlan.of(10));
        Hold hold = ((HoldResult.Held) hold("unit-rows", stock, 10)).hold();
        answer(shops.ledger(0, "group-commit").release(stock, hold.id()));
        assertThat(rows(stock)).isZero();

        assertThat(hold("unit-rows", stock, 4)).isInstanceOf(HoldResult.Held.class);

        assertThat(rows(stock)).isEqualTo(6);
        assertThat(audit(stock).remaining()).isEqualTo(6);
    }

    @Test
    void sellsNoMoreThanRemainsThoughTooManyRowsLieOut() throws Exception {
        StockId stock = shops.stock(StockPlan.of(10));
        hold("unit-rows", stock, 1);
        assertThat(rows(stock)).isEqualTo(9);

        // The last units are sold while a buyer stands before the stock's row, its unit row already in hand.
        var late = shops.ledger(1, "unit-rows");
        try (LockedStock locked = new LockedStock(url, stock)) {
            var answer = late.hold(new HoldRequest(stock, somebody(), 2, null));
            locked.awaitWaiter();
            locked.run("UPDATE drops.stock SET quantity = 2, remaining = 1, version = version + 1");
            locked.letGo();

            assertThat(answer(answer)).isEqualTo(new HoldResult.SoldOut());
        }

        assertThat(rows(stock)).as("the rows are in step again").isEqualTo(1);
        assertThat(audit(stock).remaining()).isEqualTo(1);
        assertThat(hold("unit-rows", stock, 1)).isInstanceOf(HoldResult.Held.class);
        assertThat(rows(stock)).isZero();
    }

    @Test
    void asksForNoLockOnAnotherBuyersRow() throws Exception {
        StockId stock = shops.stock(StockPlan.of(10));
        hold("unit-rows", stock, 1);

        try (var another = java.sql.DriverManager.getConnection(url)) {
            another.setAutoCommit(false);
            another.createStatement()
                    .execute("DELETE FROM drops.stock_unit WHERE number IN (SELECT number FROM drops.stock_unit"
                            + " WHERE stock_id = '" + stock + "' ORDER BY number DESC LIMIT 5)");

            assertThat(hold("unit-rows", stock, 4)).isInstanceOf(HoldResult.Held.class);
            assertThat(hold("unit-rows", stock, 2)).isInstanceOf(HoldResult.Held.class);
            another.rollback();
        }

        assertThat(audit(stock).remaining()).isEqualTo(3);
    }
}
