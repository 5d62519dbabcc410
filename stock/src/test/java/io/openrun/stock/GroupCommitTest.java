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

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How group-commit queues, batches, and counts what it does. */
class GroupCommitTest {

    @AutoClose
    private static final Shops shops = Shops.open(1, Shops.patient());

    private static StockLedger ledger() {
        return shops.instance(0).standard();
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
        StockId stock = shops.stock(limited(1_000, 5));

        List<HoldResult> answers = all(OneBatch.ask(shops.url(), ledger(), stock, 500, i -> oneOf(stock)));

        assertThat(held(answers).stream().map(Hold::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 501).boxed().toList());
        shops.assertClean(stock);
    }

    @Test
    void sellsTheLastUnitsToThoseWhoCameFirst() throws Exception {
        StockId stock = shops.stock(limited(11, 5));

        List<HoldResult> answers = all(OneBatch.ask(shops.url(), ledger(), stock, 300, i -> oneOf(stock)));

        assertThat(held(answers.subList(0, 10))).hasSize(10);
        assertThat(count(answers.subList(10, 300), HoldResult.SoldOut.class)).isEqualTo(290);
        shops.assertClean(stock);
    }

    @Test
    void replaysAKeyWithinItsBatch() throws Exception {
        StockId stock = shops.stock(limited(100, 5));
        HolderId holder = somebody();

        List<HoldResult> answers = all(OneBatch.ask(
                shops.url(), ledger(), stock, 4, i -> new HoldRequest(stock, holder, i == 3 ? 2 : 1, "same")));

        Hold hold = held(answers).getFirst();
        assertThat(answers)
                .containsExactly(
                        new HoldResult.Held(hold),
                        new HoldResult.Replayed(hold),
                        new HoldResult.Replayed(hold),
                        new HoldResult.KeyReused());
        shops.assertClean(stock);
    }

    @Test
    void givesReleasedUnitsToTheNextInTheSameBatch() throws Exception {
        StockId stock = shops.stock(new StockPlan(2, 2, null, null, Duration.ofMinutes(15)));
        HolderId holder = somebody();
        Hold hold = held(List.of(answer(ledger().hold(new HoldRequest(stock, holder, 1, null)))))
                .getFirst();

        CompletableFuture<Settlement> released;
        CompletableFuture<HoldResult> again;
        try (LockedStock locked = new LockedStock(shops.url(), stock)) {
            var _ = ledger().hold(oneOf(stock));
            locked.awaitWaiter();
            released = ledger().release(stock, hold.id());
            again = ledger().hold(new HoldRequest(stock, holder, 1, null));
        }

        assertThat(answer(released)).isEqualTo(new Settlement.Settled(HoldStatus.RELEASED, true));
        assertThat(answer(again)).isInstanceOf(HoldResult.Held.class);
        shops.assertClean(stock);
    }

    @Test
    void needsAsManyStatementsForManyAsForFew() throws Exception {
        try (FaultyDataSource counted = new FaultyDataSource(Shops.pool(shops.url(), 8));
                StockLedgers ledgers = counted.ledgers(LedgerSettings.defaults())) {
            int few = statementsFor(ledgers.standard(), counted, 5);
            int many = statementsFor(ledgers.standard(), counted, 900);

            assertThat(many).isEqualTo(few).isLessThanOrEqualTo(16);
        }
    }

    private static int statementsFor(StockLedger ledger, FaultyDataSource counted, int requests) throws Exception {
        StockId stock = shops.stock(limited(10_000, 5));
        int before = counted.statements();
        assertThat(held(all(OneBatch.ask(
                        shops.url(), ledger, stock, requests, i -> new HoldRequest(stock, somebody(), 2, "key-" + i)))))
                .hasSize(requests);
        shops.assertClean(stock);
        return counted.statements() - before;
    }

    @Test
    void tellsWhenABatchIsAnswered() throws Exception {
        try (Shops hooked = Shops.open(1, Shops.patient(), shops.url())) {
            StockId stock = shops.stock(limited(100, 5));
            AtomicInteger answered = new AtomicInteger();
            List<Integer> seenAtTheEnd = new CopyOnWriteArrayList<>();
            hooked.instance(0).afterBatch(() -> seenAtTheEnd.add(answered.get()));

            try (LockedStock locked = new LockedStock(shops.url(), stock)) {
                var _ = hooked.instance(0).standard().hold(oneOf(stock));
                locked.awaitWaiter();
                for (int i = 0; i < 50; i++) {
                    var _ = hooked.instance(0).standard().hold(oneOf(stock)).thenRun(answered::incrementAndGet);
                }
            }

            await().untilAsserted(() -> assertThat(seenAtTheEnd).hasSize(2).endsWith(50));
        }
    }

    @Test
    void countsDecisionsByOutcome() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (var pool = Shops.pool(shops.url(), 8);
                StockLedgers ledgers = new StockLedgers(
                        pool, Shops.SCHEMA, SharedEngines.redis().url(), Shops.patient(), meters)) {
            StockId stock = shops.stock(limited(1, 5));
            AtomicInteger refused = new AtomicInteger(-1);
            await().untilAsserted(() -> {
                answer(ledgers.standard().hold(oneOf(stock)));
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
