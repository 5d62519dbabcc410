package io.openrun.stock;

import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BesideTheLineTest {

    /** Keeps one purchase from the database for as long as the test likes. */
    private static final class Turnstile extends FaultyDataSource {

        private final String callers;
        private final AtomicReference<CountDownLatch> barrier = new AtomicReference<>();
        private final CountDownLatch reached = new CountDownLatch(1);

        Turnstile(HikariDataSource real, String strategy) {
            super(real);
            this.callers = "stock-" + strategy + "-";
        }

        @Override
        public Connection getConnection() throws SQLException {
            CountDownLatch closed =
                    Thread.currentThread().getName().startsWith(callers) ? barrier.getAndSet(null) : null;
            if (closed != null) {
                reached.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SQLException("interrupted at the turnstile", e);
                }
            }
            return super.getConnection();
        }
    }

    /** Its time runs: whoever has a hold does not wait behind those who want one. */
    @ParameterizedTest
    @ValueSource(strings = {ConditionalUpdate.NAME, Pessimistic.NAME})
    void settlesAHoldWhileTheLineStandsStill(String strategy) throws Exception {
        try (Shops shops = Shops.open(1, Shops.patient());
                Turnstile turnstile = new Turnstile(Shops.pool(shops.url(), 8), strategy);
                StockLedgers ledgers = turnstile.ledgers(Shops.patient())) {
            StockLedger ledger = ledgers.named(strategy);
            StockId stock = shops.stock(limited(10, 1));
            Hold hold = ((HoldResult.Held) answer(ledger.hold(oneOf(stock)))).hold();
            CountDownLatch open = new CountDownLatch(1);
            turnstile.barrier.set(open);
            CompletableFuture<HoldResult> first = ledger.hold(oneOf(stock));
            turnstile.reached.await();
            CompletableFuture<HoldResult> second = ledger.hold(oneOf(stock));

            assertThat(answer(ledger.confirm(stock, hold.id())))
                    .isEqualTo(new Settlement.Settled(HoldStatus.CONFIRMED, true));
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();

            open.countDown();
            assertThat(((HoldResult.Held) answer(first)).hold().sequence()).isEqualTo(2);
            assertThat(((HoldResult.Held) answer(second)).hold().sequence()).isEqualTo(3);
            shops.assertClean(stock);
        }
    }
}
