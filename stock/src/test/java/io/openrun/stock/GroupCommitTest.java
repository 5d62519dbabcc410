package io.openrun.stock;

import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How group-commit queues, batches, and behaves when something is wrong. */
class GroupCommitTest {

    private static String url;
    private static Shops shops;

    @BeforeAll
    static void openShops() {
        url = SharedEngines.newDatabase();
        shops = Shops.open(1, Shops.patient(), url);
    }

    @AfterAll
    static void closeShops() {
        shops.close();
    }

    private static StockPlan limited(long quantity) {
        return new StockPlan(quantity, 5, null, null, Duration.ofMinutes(15));
    }

    private static StockLedger ledger() {
        return shops.instance(0).standard();
    }

    private static HoldRequest one(StockId stock) {
        return new HoldRequest(stock, somebody(), 1, null);
    }

    private static void assertClean(StockId stock) {
        StockAudit audit = shops.stocks().audit(stock).orElseThrow();
        assertThat(audit.isClean()).as(audit.toString()).isTrue();
    }

    /** Asks while the stock's row is locked by somebody else, so that all but the first few make one batch. */
    private static List<CompletableFuture<HoldResult>> askInOneBatch(
            StockLedger ledger, StockId stock, int requests, IntFunction<HoldRequest> request) throws Exception {
        List<CompletableFuture<HoldResult>> answers = new ArrayList<>();
        try (LockedStock locked = new LockedStock(url, stock)) {
            var first = ledger.hold(one(stock));
            locked.awaitWaiter();
            for (int i = 0; i < requests; i++) {
                answers.add(ledger.hold(request.apply(i)));
            }
            assertThat(first).isNotDone();
        }
        return answers;
    }

    private static List<HoldResult> all(List<CompletableFuture<HoldResult>> futures) throws Exception {
        List<HoldResult> answers = new ArrayList<>();
        for (CompletableFuture<HoldResult> future : futures) {
            answers.add(answer(future));
        }
        return answers;
    }

    @Test
    void isTheDefault() {
        assertThat(ledger().strategy()).isEqualTo("group-commit");
        assertThat(shops.instance(0).named("group-commit")).isSameAs(ledger());
        assertThatThrownBy(() -> shops.instance(0).named("unguarded"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group-commit");
    }

    @Test
    void givesPlacesInTheOrderOfArrival() throws Exception {
        StockId stock = shops.stock(limited(1_000));

        List<HoldResult> answers = all(askInOneBatch(ledger(), stock, 500, i -> one(stock)));

        assertThat(held(answers).stream().map(Hold::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 501).boxed().toList());
        assertClean(stock);
    }

    @Test
    void sellsTheLastUnitsToThoseWhoCameFirst() throws Exception {
        StockId stock = shops.stock(limited(11));

        List<HoldResult> answers = all(askInOneBatch(ledger(), stock, 300, i -> one(stock)));

        assertThat(held(answers.subList(0, 10))).hasSize(10);
        assertThat(count(answers.subList(10, 300), HoldResult.SoldOut.class)).isEqualTo(290);
        assertClean(stock);
    }

    @Test
    void replaysAKeyWithinItsBatch() throws Exception {
        StockId stock = shops.stock(limited(100));
        HolderId holder = somebody();

        List<HoldResult> answers =
                all(askInOneBatch(ledger(), stock, 4, i -> new HoldRequest(stock, holder, i == 3 ? 2 : 1, "same")));

        Hold hold = held(answers).getFirst();
        assertThat(answers)
                .containsExactly(
                        new HoldResult.Held(hold),
                        new HoldResult.Replayed(hold),
                        new HoldResult.Replayed(hold),
                        new HoldResult.KeyReused());
        assertClean(stock);
    }

    @Test
    void givesReleasedUnitsToTheNextInTheSameBatch() throws Exception {
        StockId stock = shops.stock(new StockPlan(2, 2, null, null, Duration.ofMinutes(15)));
        HolderId holder = somebody();
        Hold hold = held(List.of(answer(ledger().hold(new HoldRequest(stock, holder, 1, null)))))
                .getFirst();

        CompletableFuture<Settlement> released;
        CompletableFuture<HoldResult> again;
        try (LockedStock locked = new LockedStock(url, stock)) {
            var _ = ledger().hold(one(stock));
            locked.awaitWaiter();
            released = ledger().release(stock, hold.id());
            again = ledger().hold(new HoldRequest(stock, holder, 1, null));
        }

        assertThat(answer(released)).isEqualTo(new Settlement.Settled(HoldStatus.RELEASED, true));
        assertThat(answer(again)).isInstanceOf(HoldResult.Held.class);
        assertClean(stock);
    }

    @Test
    void answersBusyWhenTheQueueIsFull() throws Exception {
        LedgerSettings small = new SettingsBuilder().queuePerStock(10).build();
        try (Shops narrow = Shops.open(1, small, url)) {
            StockLedger ledger = narrow.instance(0).standard();
            StockId stock = shops.stock(limited(100));

            List<CompletableFuture<HoldResult>> queued = new ArrayList<>();
            try (LockedStock locked = new LockedStock(url, stock)) {
                queued.add(ledger.hold(one(stock)));
                locked.awaitWaiter();
                for (int i = 0; i < 10; i++) {
                    queued.add(ledger.hold(one(stock)));
                }
                assertThat(ledger.hold(one(stock))).isCompletedWithValue(new HoldResult.Busy(small.retryAfter()));
                assertThat(ledger.confirm(stock, new HoldId(somebody().value())))
                        .isCompletedWithValue(new Settlement.Busy(small.retryAfter()));
                assertThat(answer(ledger.hold(one(shops.stock(limited(1))))))
                        .as("another stock has another queue")
                        .isInstanceOf(HoldResult.Held.class);
            }

            assertThat(held(all(queued))).hasSize(11);
            assertClean(stock);
        }
    }

    @Test
    void failsOnlyThePoisonedRequestOfABatch() throws Exception {
        StockId stock = shops.stock(StockPlan.of(10_000));
        shops.execute("ALTER TABLE drops.hold ADD CONSTRAINT poison CHECK (quantity <> 13)");

        List<CompletableFuture<HoldResult>> answers =
                askInOneBatch(ledger(), stock, 50, i -> new HoldRequest(stock, somebody(), i == 20 ? 13 : 1, null));

        CompletableFuture<HoldResult> poisoned = answers.remove(20);
        assertThat(held(all(answers)).stream().map(Hold::sequence))
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 50).boxed().toList());
        assertThatThrownBy(() -> answer(poisoned))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("poison");
        assertClean(stock);
        shops.execute("ALTER TABLE drops.hold DROP CONSTRAINT poison");
    }

    @Test
    void answersBusyToAWholeBatchWhoseConnectionIsLost() throws Exception {
        StockId stock = shops.stock(limited(100));

        List<CompletableFuture<HoldResult>> answers = new ArrayList<>();
        try (LockedStock locked = new LockedStock(url, stock)) {
            for (int i = 0; i < 20; i++) {
                answers.add(ledger().hold(one(stock)));
            }
            locked.awaitWaiter();
            await().until(() -> {
                locked.terminateWaiters();
                return answers.stream().allMatch(CompletableFuture::isDone);
            });
        }

        assertThat(all(answers)).hasSize(20).containsOnly(new HoldResult.Busy(Duration.ofSeconds(1)));
        assertThat(shops.stocks().find(stock).orElseThrow().lastSequence()).isZero();
        HoldResult later = await().until(() -> answer(ledger().hold(one(stock))), HoldResult.Held.class::isInstance);
        assertThat(((HoldResult.Held) later).hold().sequence()).isEqualTo(1);
        assertClean(stock);
    }

    @Test
    void answersBusyWhenTheDatabaseHangs() throws Exception {
        LedgerSettings impatient =
                new SettingsBuilder().databaseTimeout(Duration.ofMillis(200)).build();
        try (Shops hanging = Shops.open(1, impatient, url)) {
            StockId stock = shops.stock(limited(100));
            StockLedger ledger = hanging.instance(0).standard();

            try (LockedStock locked = new LockedStock(url, stock)) {
                assertThat(answer(ledger.hold(one(stock)))).isInstanceOf(HoldResult.Busy.class);
                assertThat(answer(ledger.release(stock, new HoldId(somebody().value()))))
                        .isInstanceOf(Settlement.Busy.class);
            }

            assertThat(answer(ledger.hold(one(stock)))).isInstanceOf(HoldResult.Held.class);
            assertClean(stock);
        }
    }

    @Test
    void answersAllThatIsQueuedBeforeItCloses() throws Exception {
        StockId stock = shops.stock(limited(1_000));
        try (Shops closing = Shops.open(1, Shops.patient(), url)) {
            StockLedgers ledgers = closing.instance(0);
            List<CompletableFuture<HoldResult>> answers = new ArrayList<>();
            Thread close;
            try (LockedStock locked = new LockedStock(url, stock)) {
                for (int i = 0; i < 100; i++) {
                    answers.add(ledgers.standard().hold(one(stock)));
                }
                locked.awaitWaiter();
                close = Thread.ofVirtual().start(ledgers::close);
                await().until(() -> ledgers.standard().hold(one(stock)).isDone());
                assertThat(answers).noneMatch(CompletableFuture::isDone);
            }
            close.join();

            assertThat(answers).allMatch(CompletableFuture::isDone);
            assertThat(held(all(answers))).hasSize(100);
            assertThat(answer(ledgers.standard().hold(one(stock)))).isInstanceOf(HoldResult.Busy.class);
            assertClean(stock);
        }
    }

    @Test
    void answersBusyToWhatIsStillQueuedWhenTheTimeToCloseIsUp() throws Exception {
        LedgerSettings hasty =
                new SettingsBuilder().drain(Duration.ofMillis(50)).build();
        StockId stock = shops.stock(limited(1_000));
        try (Shops closing = Shops.open(1, hasty, url);
                LockedStock locked = new LockedStock(url, stock)) {
            StockLedgers ledgers = closing.instance(0);
            var first = ledgers.standard().hold(one(stock));
            locked.awaitWaiter();
            var queued = ledgers.standard().hold(one(stock));

            ledgers.close();

            assertThat(queued).isCompletedWithValue(new HoldResult.Busy(hasty.retryAfter()));
            locked.close();
            assertThat(answer(first)).isInstanceOf(HoldResult.Held.class);
        }
        assertClean(stock);
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

        List<CompletableFuture<HoldResult>> answers =
                stocks.stream().map(stock -> ledger().hold(one(stock))).toList();

        assertThat(held(all(answers))).hasSize(2_000);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("stock-writer-")))
                .hasSizeLessThanOrEqualTo(LedgerSettings.defaults().writers());
    }

    @Test
    void needsAsManyStatementsForManyAsForFew() throws Exception {
        try (var pool = Shops.pool(url, 8)) {
            FaultyDataSource counted = new FaultyDataSource(pool);
            try (StockLedgers ledgers = ledgersOn(counted, LedgerSettings.defaults())) {
                int few = statementsFor(ledgers.standard(), counted, 5);
                int many = statementsFor(ledgers.standard(), counted, 900);

                assertThat(many).isEqualTo(few).isLessThanOrEqualTo(16);
            }
        }
    }

    private static int statementsFor(StockLedger ledger, FaultyDataSource counted, int requests) throws Exception {
        StockId stock = shops.stock(limited(10_000));
        int before = counted.statements();
        assertThat(held(all(askInOneBatch(
                        ledger, stock, requests, i -> new HoldRequest(stock, somebody(), 2, "key-" + i)))))
                .hasSize(requests);
        assertClean(stock);
        return counted.statements() - before;
    }

    private static StockLedgers ledgersOn(FaultyDataSource dataSource, LedgerSettings settings) {
        return new StockLedgers(
                dataSource, Shops.SCHEMA, SharedEngines.redis().url(), settings, new SimpleMeterRegistry());
    }

    @Test
    void findsOutThatACommitHappenedWhoseConnectionWasLost() throws Exception {
        try (var pool = Shops.pool(url, 8)) {
            FaultyDataSource faulty = new FaultyDataSource(pool);
            try (StockLedgers ledgers = ledgersOn(faulty, LedgerSettings.defaults())) {
                for (String strategy : List.of("group-commit", "pessimistic", "conditional-update")) {
                    StockId stock = shops.stock(limited(10));

                    faulty.next(FaultyDataSource.Fault.LOST_AFTER_COMMIT);
                    HoldResult answer = answer(ledgers.named(strategy).hold(one(stock)));
                    assertThat(answer).isInstanceOf(HoldResult.Held.class);

                    faulty.next(FaultyDataSource.Fault.LOST_AFTER_COMMIT);
                    HoldId hold = ((HoldResult.Held) answer).hold().id();
                    assertThat(answer(ledgers.named(strategy).confirm(stock, hold)))
                            .isEqualTo(new Settlement.Settled(HoldStatus.CONFIRMED, true));
                    assertClean(stock);
                }
            }
        }
    }

    @Test
    void answersBusyWhenACommitDidNotHappen() throws Exception {
        try (var pool = Shops.pool(url, 8)) {
            FaultyDataSource faulty = new FaultyDataSource(pool);
            try (StockLedgers ledgers = ledgersOn(faulty, LedgerSettings.defaults())) {
                for (String strategy : List.of("group-commit", "redis-lock")) {
                    StockId stock = shops.stock(limited(10));

                    faulty.next(FaultyDataSource.Fault.LOST_BEFORE_COMMIT);

                    assertThat(answer(ledgers.named(strategy).hold(one(stock)))).isInstanceOf(HoldResult.Busy.class);
                    assertThat(shops.stocks().find(stock).orElseThrow().held()).isZero();
                    assertThat(answer(ledgers.named(strategy).hold(one(stock)))).isInstanceOf(HoldResult.Held.class);
                    assertClean(stock);
                }
            }
        }
    }

    @Test
    void saysBusyWhenTheOutcomeStaysUnknownAndReplaysTheKeyLater() throws Exception {
        LedgerSettings settings =
                new SettingsBuilder().outcomeWait(Duration.ofMillis(300)).build();
        try (var pool = Shops.pool(url, 8)) {
            FaultyDataSource faulty = new FaultyDataSource(pool);
            try (StockLedgers ledgers = ledgersOn(faulty, settings)) {
                StockId stock = shops.stock(limited(10));
                HoldRequest request = new HoldRequest(stock, somebody(), 1, "retried");

                faulty.next(FaultyDataSource.Fault.LOST_AFTER_COMMIT_AND_AWAY);
                assertThat(answer(ledgers.standard().hold(request))).isInstanceOf(HoldResult.Busy.class);
                faulty.next(FaultyDataSource.Fault.NONE);

                assertThat(answer(ledgers.standard().hold(request))).isInstanceOf(HoldResult.Replayed.class);
                assertThat(shops.stocks().find(stock).orElseThrow().held()).isEqualTo(1);
                assertClean(stock);
            }
        }
    }

    @Test
    void tellsWhenABatchIsAnswered() throws Exception {
        try (Shops hooked = Shops.open(1, Shops.patient(), url)) {
            StockId stock = shops.stock(limited(100));
            AtomicInteger answered = new AtomicInteger();
            List<Integer> seenAtTheEnd = new CopyOnWriteArrayList<>();
            hooked.instance(0).afterBatch(() -> seenAtTheEnd.add(answered.get()));

            try (LockedStock locked = new LockedStock(url, stock)) {
                var _ = hooked.instance(0).standard().hold(one(stock));
                locked.awaitWaiter();
                for (int i = 0; i < 50; i++) {
                    var _ = hooked.instance(0).standard().hold(one(stock)).thenRun(answered::incrementAndGet);
                }
            }

            await().untilAsserted(() -> assertThat(seenAtTheEnd).hasSize(2).endsWith(50));
        }
    }

    @Test
    void countsDecisionsByOutcome() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (var pool = Shops.pool(url, 8);
                StockLedgers ledgers = new StockLedgers(
                        pool, Shops.SCHEMA, SharedEngines.redis().url(), Shops.patient(), meters)) {
            StockId stock = shops.stock(limited(1));
            AtomicInteger refused = new AtomicInteger(-1);
            await().untilAsserted(() -> {
                answer(ledgers.standard().hold(one(stock)));
                refused.incrementAndGet();
                assertThat(decisions(meters, "memory", "sold_out")).isPositive();
            });

            assertThat(decisions(meters, "group-commit", "held")).isEqualTo(1);
            double refusedByTheDatabase = decisions(meters, "group-commit", "sold_out");
            assertThat(decisions(meters, "memory", "sold_out") + refusedByTheDatabase)
                    .isEqualTo(refused.get());
            assertThat(meters.get("openrun.stock.batch").summary().count()).isEqualTo(1 + (long) refusedByTheDatabase);
            assertThat(meters.get("openrun.stock.queued").gauge().value()).isZero();
        }
    }

    private static double decisions(SimpleMeterRegistry meters, String strategy, String outcome) {
        Counter counter = meters.find("openrun.stock.decisions")
                .tags("strategy", strategy, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
