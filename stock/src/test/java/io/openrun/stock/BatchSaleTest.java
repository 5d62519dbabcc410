package io.openrun.stock;

import static io.openrun.stock.Crowd.all;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch of moderate size: the lock, and then everything else in one message. */
class BatchSaleTest {

    private static final int MOST = HoldInsert.MOST_ROWS;

    private static Shops shops;

    @BeforeAll
    static void openShops() {
        shops = Shops.open(1, Shops.patient());
    }

    @AfterAll
    static void closeShops() {
        shops.close();
    }

    @Test
    void takesTwoStatementsHoweverManyBuy() throws Exception {
        for (int buyers : List.of(2, MOST)) {
            assertThat(statementsOfABatch(buyers)).as("%d buyers", buyers).isEqualTo(2);
        }
    }

    private static int statementsOfABatch(int buyers) throws Exception {
        try (HikariDataSource pool = Shops.pool(shops.url(), 8)) {
            FaultyDataSource counted = new FaultyDataSource(pool);
            try (StockLedgers ledgers = counted.ledgers(Shops.patient())) {
                StockId stock = shops.stock(limited(1_000, 3));
                // The listener has its statements behind it when a first sale is made.
                assertThat(answer(ledgers.standard().hold(new HoldRequest(stock, somebody(), 1, null))))
                        .isInstanceOf(HoldResult.Held.class);
                int before = counted.statements();

                all(OneBatch.ask(
                        shops.url(),
                        ledgers.standard(),
                        stock,
                        buyers,
                        i -> new HoldRequest(stock, somebody(), 1, "key" + i)));

                int ofWhoWasSoldToBefore = 1;
                return counted.statements() - before - ofWhoWasSoldToBefore;
            }
        }
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
