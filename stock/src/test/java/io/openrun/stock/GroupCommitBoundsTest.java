package io.openrun.stock;

import static io.openrun.stock.Crowd.all;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What group-commit does at its bounds: a full queue, few threads, a slow database, and no more time to close. */
@Isolated("counts the threads of the process")
class GroupCommitBoundsTest {

    @AutoClose
    private static final Shops shops = Shops.open(1, Shops.patient());

    @Test
    void answersBusyWhenTheQueueIsFull() throws Exception {
        LedgerSettings small = new SettingsBuilder().queuePerStock(10).build();
        try (Shops narrow = Shops.open(1, small, shops.url())) {
            StockLedger ledger = narrow.instance(0).standard();
            StockId stock = shops.stock(limited(100, 5));

            List<CompletableFuture<HoldResult>> queued = new ArrayList<>();
            try (LockedStock locked = new LockedStock(shops.url(), stock)) {
                queued.add(ledger.hold(oneOf(stock)));
                locked.awaitWaiter();
                for (int i = 0; i < 10; i++) {
                    queued.add(ledger.hold(oneOf(stock)));
                }
                assertThat(ledger.hold(oneOf(stock))).isCompletedWithValue(new HoldResult.Busy(small.retryAfter()));
                assertThat(ledger.confirm(stock, new HoldId(somebody().value())))
                        .isCompletedWithValue(new Settlement.Busy(small.retryAfter()));
                assertThat(answer(ledger.hold(oneOf(shops.stock(limited(1, 5))))))
                        .as("another stock has another queue")
                        .isInstanceOf(HoldResult.Held.class);
            }

            assertThat(held(all(queued))).hasSize(11);
            shops.assertClean(stock);
        }
    }

    @Test
    void servesThousandsOfStocksWithFewThreads() throws Exception {
        List<StockId> stocks = new ArrayList<>();
        shops.execute("""
                INSERT INTO drops.stock (id, quantity, remaining, per_holder_limit, hold_millis)
                SELECT gen_random_uuid(), 7, 7, 1, 900000 FROM generate_series(1, 2000)
                """);
        for (String id : shops.column("SELECT id::text FROM drops.stock WHERE quantity = 7")) {
            stocks.add(new StockId(UUID.fromString(id)));
        }

        List<CompletableFuture<HoldResult>> answers = stocks.stream()
                .map(stock -> shops.instance(0).standard().hold(oneOf(stock)))
                .toList();

        assertThat(held(all(answers))).hasSize(2_000);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("stock-writer-")))
                .hasSizeLessThanOrEqualTo(LedgerSettings.defaults().writers());
    }

    @Test
    void answersBusyWhenTheDatabaseHangs() throws Exception {
        LedgerSettings impatient =
                new SettingsBuilder().databaseTimeout(Duration.ofSeconds(3)).build();
        try (Shops hanging = Shops.open(1, impatient, shops.url())) {
            StockId stock = shops.stock(limited(100, 5));
            StockLedger ledger = hanging.instance(0).standard();

            try (LockedStock locked = new LockedStock(shops.url(), stock)) {
                assertThat(answer(ledger.hold(oneOf(stock)))).isInstanceOf(HoldResult.Busy.class);
                assertThat(answer(ledger.release(stock, new HoldId(somebody().value()))))
                        .isInstanceOf(Settlement.Busy.class);
            }

            assertThat(answer(ledger.hold(oneOf(stock)))).isInstanceOf(HoldResult.Held.class);
            shops.assertClean(stock);
        }
    }

    @Test
    void answersAllThatIsQueuedBeforeItCloses() throws Exception {
        StockId stock = shops.stock(limited(1_000, 5));
        try (Shops closing = Shops.open(1, Shops.patient(), shops.url())) {
            StockLedgers ledgers = closing.instance(0);
            List<CompletableFuture<HoldResult>> answers = new ArrayList<>();
            Thread close;
            try (LockedStock locked = new LockedStock(shops.url(), stock)) {
                for (int i = 0; i < 100; i++) {
                    answers.add(ledgers.standard().hold(oneOf(stock)));
                }
                locked.awaitWaiter();
                close = Thread.ofVirtual().start(ledgers::close);
                await().until(() -> ledgers.standard().hold(oneOf(stock)).isDone());
                assertThat(answers).noneMatch(CompletableFuture::isDone);
            }
            close.join();

            assertThat(answers).allMatch(CompletableFuture::isDone);
            assertThat(held(all(answers))).hasSize(100);
            assertThat(answer(ledgers.standard().hold(oneOf(stock)))).isInstanceOf(HoldResult.Busy.class);
            shops.assertClean(stock);
        }
    }

    @Test
    void answersBusyToWhatIsStillQueuedWhenTheTimeToCloseIsUp() throws Exception {
        LedgerSettings hasty =
                new SettingsBuilder().drain(Duration.ofMillis(50)).build();
        StockId stock = shops.stock(limited(1_000, 5));
        try (Shops closing = Shops.open(1, hasty, shops.url());
                LockedStock locked = new LockedStock(shops.url(), stock)) {
            StockLedgers ledgers = closing.instance(0);
            var first = ledgers.standard().hold(oneOf(stock));
            locked.awaitWaiter();
            var queued = ledgers.standard().hold(oneOf(stock));

            ledgers.close();

            assertThat(queued).isCompletedWithValue(new HoldResult.Busy(hasty.retryAfter()));
            locked.close();
            assertThat(answer(first)).isInstanceOf(HoldResult.Held.class);
        }
        shops.assertClean(stock);
    }
}
