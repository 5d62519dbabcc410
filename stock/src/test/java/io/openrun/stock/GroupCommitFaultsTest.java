package io.openrun.stock;

import static io.openrun.stock.Crowd.all;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a fault in the middle of a batch concerns, and what a ledger says when it lost the answer to its commit. */
class GroupCommitFaultsTest {

    @AutoClose
    private static final Shops shops = Shops.open(1, Shops.patient());

    private static StockLedger ledger() {
        return shops.instance(0).standard();
    }

    @Test
    void failsOnlyThePoisonedRequestOfABatch() throws Exception {
        StockId stock = shops.stock(StockPlan.of(10_000));
        shops.execute("ALTER TABLE drops.hold ADD CONSTRAINT poison CHECK (quantity <> 13)");

        List<CompletableFuture<HoldResult>> answers = OneBatch.ask(
                shops.url(), ledger(), stock, 50, i -> new HoldRequest(stock, somebody(), i == 20 ? 13 : 1, null));

        CompletableFuture<HoldResult> poisoned = answers.remove(20);
        assertThat(held(all(answers)).stream().map(Hold::sequence))
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 50).boxed().toList());
        assertThatThrownBy(() -> answer(poisoned))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("poison");
        shops.assertClean(stock);
        shops.execute("ALTER TABLE drops.hold DROP CONSTRAINT poison");
    }

    @Test
    void answersBusyToAWholeBatchWhoseConnectionIsLost() throws Exception {
        StockId stock = shops.stock(limited(100, 5));

        List<CompletableFuture<HoldResult>> answers = new ArrayList<>();
        try (LockedStock locked = new LockedStock(shops.url(), stock)) {
            for (int i = 0; i < 20; i++) {
                answers.add(ledger().hold(oneOf(stock)));
            }
            locked.awaitWaiter();
            await().until(() -> {
                locked.terminateWaiters();
                return answers.stream().allMatch(CompletableFuture::isDone);
            });
        }

        assertThat(all(answers)).hasSize(20).containsOnly(new HoldResult.Busy(Duration.ofSeconds(1)));
        assertThat(shops.stocks().find(stock).orElseThrow().lastSequence()).isZero();
        HoldResult later = await().until(() -> answer(ledger().hold(oneOf(stock))), HoldResult.Held.class::isInstance);
        assertThat(((HoldResult.Held) later).hold().sequence()).isEqualTo(1);
        shops.assertClean(stock);
    }

    @Test
    void findsOutThatACommitHappenedWhoseConnectionWasLost() throws Exception {
        try (FaultyDataSource faulty = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = faulty.ledgers(LedgerSettings.defaults())) {
            for (String strategy : List.of("group-commit", "pessimistic", "conditional-update")) {
                StockId stock = shops.stock(limited(10, 5));

                faulty.next(FaultyDataSource.Fault.LOST_AFTER_COMMIT);
                HoldResult answer = answer(ledgers.named(strategy).hold(oneOf(stock)));
                assertThat(answer).isInstanceOf(HoldResult.Held.class);

                faulty.next(FaultyDataSource.Fault.LOST_AFTER_COMMIT);
                HoldId hold = ((HoldResult.Held) answer).hold().id();
                assertThat(answer(ledgers.named(strategy).confirm(stock, hold)))
                        .isEqualTo(new Settlement.Settled(HoldStatus.CONFIRMED, true));
                shops.assertClean(stock);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyDataSource.Fault.class,
            names = {"LOST_AFTER_COMMIT", "LOST_BEFORE_COMMIT"})
    void tellsAllOfABatchOrNobodyThatTheyHaveItWhenItsCommitIsLost(FaultyDataSource.Fault fault) throws Exception {
        try (FaultyDataSource faulty = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = faulty.ledgers(LedgerSettings.defaults())) {
            StockId stock = shops.stock(limited(100, 5));
            List<CompletableFuture<HoldResult>> asked = new ArrayList<>();
            try (LockedStock locked = new LockedStock(shops.url(), stock)) {
                asked.add(ledgers.standard().hold(oneOf(stock)));
                locked.awaitWaiter();
                for (int i = 0; i < 5; i++) {
                    asked.add(ledgers.standard().hold(oneOf(stock)));
                }
                // Its answer comes from the writer, before that takes the five.
                var _ = asked.getFirst().thenRun(() -> faulty.next(fault));
            }

            List<HoldResult> answers = all(asked);
            boolean happened = fault == FaultyDataSource.Fault.LOST_AFTER_COMMIT;
            assertThat(count(answers, HoldResult.Held.class)).isEqualTo(happened ? 6 : 1);
            assertThat(count(answers, HoldResult.Busy.class)).isEqualTo(happened ? 0 : 5);
            assertThat(shops.stocks().find(stock).orElseThrow().held()).isEqualTo(happened ? 6 : 1);
            shops.assertClean(stock);
        }
    }

    @Test
    void answersBusyWhenACommitDidNotHappen() throws Exception {
        try (FaultyDataSource faulty = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = faulty.ledgers(LedgerSettings.defaults())) {
            for (String strategy : List.of("group-commit", "redis-lock")) {
                StockId stock = shops.stock(limited(10, 5));

                faulty.next(FaultyDataSource.Fault.LOST_BEFORE_COMMIT);

                assertThat(answer(ledgers.named(strategy).hold(oneOf(stock)))).isInstanceOf(HoldResult.Busy.class);
                assertThat(shops.stocks().find(stock).orElseThrow().held()).isZero();
                assertThat(answer(ledgers.named(strategy).hold(oneOf(stock)))).isInstanceOf(HoldResult.Held.class);
                shops.assertClean(stock);
            }
        }
    }

    @Test
    void saysBusyWhenTheOutcomeStaysUnknownAndReplaysTheKeyLater() throws Exception {
        LedgerSettings settings =
                new SettingsBuilder().outcomeWait(Duration.ofMillis(300)).build();
        try (FaultyDataSource faulty = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = faulty.ledgers(settings)) {
            StockId stock = shops.stock(limited(10, 5));
            HoldRequest request = new HoldRequest(stock, somebody(), 1, "retried");

            faulty.next(FaultyDataSource.Fault.LOST_AFTER_COMMIT_AND_AWAY);
            assertThat(answer(ledgers.standard().hold(request))).isInstanceOf(HoldResult.Busy.class);
            faulty.next(FaultyDataSource.Fault.NONE);

            assertThat(answer(ledgers.standard().hold(request))).isInstanceOf(HoldResult.Replayed.class);
            assertThat(shops.stocks().find(stock).orElseThrow().held()).isEqualTo(1);
            shops.assertClean(stock);
        }
    }
}
