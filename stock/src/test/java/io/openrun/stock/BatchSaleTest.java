package io.openrun.stock;

import static io.openrun.stock.Crowd.all;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of moderate size: the lock, and then everything else in one message. */
class BatchSaleTest {

    @AutoClose
    private static final Shops shops = Shops.open(1, Shops.patient());

    @ParameterizedTest
    @CsvSource({"2, 0", "128, 0", "129, 1"})
    void commitsInTheMessageThatSellsUpTo128Rows(int buyers, int commitsApart) throws Exception {
        try (FaultyDataSource counted = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = counted.ledgers(Shops.patient())) {
            StockId stock = shops.stock(limited(1_000, 3));
            StockLedger ledger = ledgers.standard();
            // The listener has its statements behind it when a first sale is made.
            sell(ledger, stock);
            int before = counted.statements();

            all(OneBatch.ask(
                    shops.url(), ledger, stock, buyers, i -> new HoldRequest(stock, somebody(), 1, "key" + i)));

            assertThat(counted.statements() - before)
                    .as("a single sale before the batch, the lock, and one more; a COPY is none")
                    .isEqualTo(3);
            assertThat(counted.commits()).isEqualTo(commitsApart);
        }
    }

    /** Without the lock, a message that the server had not begun could sell after its buyer was told to try again. */
    @ParameterizedTest
    @ValueSource(strings = {Optimistic.NAME, RedisLock.NAME})
    void asksForTheCommitApartWhereOnlyAFenceStands(String strategy) throws Exception {
        try (FaultyDataSource counted = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = counted.ledgers(Shops.patient())) {
            sell(ledgers.named(strategy), shops.stock(limited(10, 3)));

            assertThat(counted.commits()).isEqualTo(1);
        }
    }

    private static void sell(StockLedger ledger, StockId stock) throws Exception {
        assertThat(answer(ledger.hold(new HoldRequest(stock, somebody(), 1, null))))
                .isInstanceOf(HoldResult.Held.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 128", "1, 129", "2, 64", "3, 43"})
    void writesEveryHoldAsItWasAnswered(int quantity, int buyers) throws Exception {
        StockId stock = shops.stock(limited(10_000, 3));

        List<Hold> holds = held(all(OneBatch.ask(
                shops.url(),
                shops.instance(0).standard(),
                stock,
                buyers,
                i -> new HoldRequest(stock, somebody(), quantity, i % 2 == 0 ? null : "key" + i))));

        assertThat(holds).hasSize(buyers);
        assertThat(holds)
                .allSatisfy(hold -> assertThat(shops.holds().find(hold.id())).contains(hold));
        shops.assertClean(stock);
    }
}
