package io.openrun.stock;

import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sale to one who came alone: one statement that the guard and the constraints decide. */
class SingleSaleTest {

    @AutoClose
    private static final Shops shops = Shops.open(1, Shops.patient());

    @ParameterizedTest
    @ValueSource(strings = {GroupCommit.NAME, ConditionalUpdate.NAME})
    void takesOneStatementForAnyQuantity(String strategy) throws Exception {
        try (FaultyDataSource counted = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = counted.ledgers(Shops.patient())) {
            StockLedger ledger = ledgers.named(strategy);
            StockId stock = shops.stock(limited(10, 3));
            // The listener has its statements behind it when a first sale is made.
            assertThat(answer(ledger.hold(new HoldRequest(stock, somebody(), 1, null))))
                    .isInstanceOf(HoldResult.Held.class);
            int before = counted.statements();

            HoldResult answer = answer(ledger.hold(new HoldRequest(stock, somebody(), 3, "once")));

            assertThat(counted.statements() - before).isEqualTo(1);
            Hold hold = ((HoldResult.Held) answer).hold();
            assertThat(shops.holds().find(hold.id())).contains(hold);
            assertThat(hold.sequence()).isEqualTo(2);
            assertThat(hold.quantity()).isEqualTo(3);
            shops.assertClean(stock);
        }
    }

    /** Its transaction's beginning and end are in it, or the database is woken for each of them. */
    @ParameterizedTest
    @ValueSource(strings = {GroupCommit.NAME, ConditionalUpdate.NAME})
    void isSentToTheDatabaseInOnePacket(String strategy) throws Exception {
        String counting = shops.url() + "&socketFactory=" + SentPackets.class.getName();
        try (FaultyDataSource source = new FaultyDataSource(Shops.pool(counting, 8));
                StockLedgers ledgers = source.ledgers(Shops.patient())) {
            StockLedger ledger = ledgers.named(strategy);
            StockId stock = shops.stock(limited(100, 1));
            int fewest = Integer.MAX_VALUE;
            // More than one may be needed where the pool asks a connection whether it is alive.
            for (int i = 0; i < 20; i++) {
                int before = SentPackets.count();
                assertThat(answer(ledger.hold(new HoldRequest(stock, somebody(), 1, null))))
                        .isInstanceOf(HoldResult.Held.class);
                fewest = Math.min(fewest, SentPackets.count() - before);
            }

            assertThat(fewest).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GroupCommit.NAME, ConditionalUpdate.NAME})
    void sellsNothingWhenTheCloseCameWhileItWaitedForTheRow(String strategy) throws Exception {
        Instant closesAt = shops.databaseTime().plusSeconds(3);
        StockId stock = shops.stock(new StockPlan(10, 1, null, closesAt, Duration.ofMinutes(15)));

        CompletableFuture<HoldResult> answer;
        try (LockedStock locked = new LockedStock(shops.url(), stock)) {
            answer = shops.ledger(0, strategy).hold(new HoldRequest(stock, somebody(), 1, null));
            locked.awaitWaiter();
            assertThat(shops.databaseTime()).isBefore(closesAt);
            await().until(() -> !shops.databaseTime().isBefore(closesAt));
        }

        assertThat(answer(answer)).isEqualTo(new HoldResult.Closed(closesAt));
        assertThat(shops.stocks().find(stock).orElseThrow().remaining()).isEqualTo(10);
        shops.assertClean(stock);
    }

    @Test
    void sellsNothingLaterToOneWhoWasToldThatTheRowWasNotToBeHad() throws Exception {
        LedgerSettings impatient =
                new SettingsBuilder().databaseTimeout(Duration.ofSeconds(3)).build();
        try (Shops hasty = Shops.open(1, impatient, shops.url())) {
            StockId stock = shops.stock(limited(10, 1));
            StockLedger ledger = hasty.instance(0).standard();

            try (LockedStock locked = new LockedStock(shops.url(), stock)) {
                assertThat(answer(ledger.hold(new HoldRequest(stock, somebody(), 1, null))))
                        .isInstanceOf(HoldResult.Busy.class);
            }

            Hold next = ((HoldResult.Held) answer(ledger.hold(new HoldRequest(stock, somebody(), 1, null)))).hold();
            assertThat(next.sequence()).isEqualTo(1);
            assertThat(shops.stocks().find(stock).orElseThrow().remaining()).isEqualTo(9);
        }
    }
}
