package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.ShopBooks.limited;
import static io.openrun.stock.ShopBooks.oneOf;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who gets a hold and who does not, by whichever strategy: the first half of {@link StockLedgerContract}. */
abstract class HoldRules {

    private static final int CROWD = 300;

    /** A machine may stand still for the second in which something was to be seen. */
    private static final int TRIES = 5;

    abstract LedgerShops shops();

    StockLedger ledger(int index) {
        return shops().ledger(index);
    }

    HoldResult hold(StockId stock, HolderId holder, int quantity, String key) throws Exception {
        return answer(ledger(0).hold(new HoldRequest(stock, holder, quantity, key)));
    }

    Hold heldBy(HolderId holder, StockId stock, int quantity) throws Exception {
        return ((HoldResult.Held) hold(stock, holder, quantity, null)).hold();
    }

    @Test
    void sellsExactlyTheStock() throws Exception {
        StockId stock = shops().stock(limited(100, 1));

        List<HoldResult> answers = allAtOnce(CROWD, i -> ledger(i).hold(oneOf(stock)));

        assertThat(count(answers, HoldResult.Held.class)).isEqualTo(100);
        assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(CROWD - 100);
        assertThat(held(answers).stream().map(Hold::sequence).sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(shops().cleanAudit(stock).held()).isEqualTo(100);
        assertThat(ledger(0).remaining(stock)).hasValue(0);
    }

    @Test
    void neverSellsMoreThanRemainsWhenQuantitiesDiffer() throws Exception {
        StockId stock = shops().stock(StockPlan.of(200));

        List<HoldResult> answers =
                allAtOnce(CROWD, i -> ledger(i).hold(new HoldRequest(stock, somebody(), 1 + i % 7, null)));

        StockAudit audit = shops().cleanAudit(stock);
        long units = held(answers).stream().mapToLong(Hold::quantity).sum();
        assertThat(audit.held()).isEqualTo(units);
        assertThat(audit.remaining()).isEqualTo(200 - units);
        assertThat(audit.remaining()).as("one unit was wanted to the end").isZero();
    }

    @Test
    void givesOnePersonNoMoreThanTheLimitHoweverOftenTheyAskAtOnce() throws Exception {
        StockId stock = shops().stock(limited(100, 3));
        HolderId greedy = somebody();

        List<HoldResult> answers = allAtOnce(500, i -> ledger(i).hold(new HoldRequest(stock, greedy, 1, "key-" + i)));

        assertThat(count(answers, HoldResult.Held.class)).isEqualTo(3);
        assertThat(answers)
                .filteredOn(answer -> !(answer instanceof HoldResult.Held))
                .containsOnly(new HoldResult.LimitReached(3, 3));
        assertThat(shops().cleanAudit(stock).held()).isEqualTo(3);
    }

    @Test
    void givesOnePersonTheWholeStockWhenTheLimitAllows() throws Exception {
        StockId stock = shops().stock(limited(5, 10));
        HolderId greedy = somebody();

        List<HoldResult> answers = allAtOnce(50, i -> ledger(i).hold(new HoldRequest(stock, greedy, 1, null)));

        assertThat(count(answers, HoldResult.Held.class)).isEqualTo(5);
        assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(45);
        shops().assertClean(stock);
    }

    @Test
    void countsQuantitiesTowardsTheLimit() throws Exception {
        StockId stock = shops().stock(limited(10, 3));
        HolderId holder = somebody();

        assertThat(hold(stock, holder, 4, null)).isEqualTo(new HoldResult.LimitReached(3, 0));
        assertThat(hold(stock, holder, 2, null)).isInstanceOf(HoldResult.Held.class);
        assertThat(hold(stock, holder, 2, null)).isEqualTo(new HoldResult.LimitReached(3, 2));
        assertThat(hold(stock, holder, 1, null)).isInstanceOf(HoldResult.Held.class);
        assertThat(shops().cleanAudit(stock).held()).isEqualTo(3);
    }

    @Test
    void refusesMoreThanRemainsAndStillSellsTheRest() throws Exception {
        StockId stock = shops().stock(StockPlan.of(3));

        assertThat(hold(stock, somebody(), 4, null)).isEqualTo(new HoldResult.SoldOut());
        assertThat(hold(stock, somebody(), 3, null)).isInstanceOf(HoldResult.Held.class);
        shops().assertClean(stock);
    }

    @Test
    void knowsNothingOfAnUnknownStock() throws Exception {
        StockId unknown = new StockId(UUID.randomUUID());

        assertThat(hold(unknown, somebody(), 1, null)).isEqualTo(new HoldResult.UnknownStock());
        assertThat(answer(ledger(0).confirm(unknown, new HoldId(UUID.randomUUID()))))
                .isEqualTo(new Settlement.UnknownHold());
        assertThat(ledger(0).remaining(unknown)).isEmpty();
    }

    @Test
    void sellsNothingBeforeTheOpeningByTheDatabasesClock() throws Exception {
        Instant inAnHour = shops().databaseTime().plusSeconds(3600);
        StockId later = shops().stock(new StockPlan(10, null, inAnHour, null, Duration.ofMinutes(15)));
        assertThat(hold(later, somebody(), 1, null)).isEqualTo(new HoldResult.NotOpen(inAnHour));

        Instant opensAt = shops().databaseTime().plusMillis(300);
        StockId stock = shops().stock(new StockPlan(100_000, null, opensAt, null, Duration.ofMinutes(15)));
        List<HoldResult> answers = askUntil(HoldResult.Held.class, stock);

        assertThat(answers.subList(0, answers.size() - 1)).allMatch(new HoldResult.NotOpen(opensAt)::equals);
        assertThat(held(answers)).allSatisfy(hold -> assertThat(hold.heldAt()).isAfterOrEqualTo(opensAt));
        shops().assertClean(stock);
    }

    @Test
    void sellsNothingFromTheCloseOnByTheDatabasesClock() throws Exception {
        heldBy(somebody(), shops().stock(StockPlan.of(1)), 1);
        List<Hold> sold = List.of();
        for (int i = 0; i < TRIES && sold.isEmpty(); i++) {
            Instant closesAt = shops().databaseTime().plusSeconds(1);
            StockId stock = shops().stock(new StockPlan(100_000, null, null, closesAt, Duration.ofMinutes(15)));

            List<HoldResult> answers = askUntil(HoldResult.Closed.class, stock);

            assertThat(answers.getLast()).isEqualTo(new HoldResult.Closed(closesAt));
            sold = held(answers);
            assertThat(sold).allSatisfy(hold -> assertThat(hold.heldAt()).isBefore(closesAt));
            assertThat(shops().databaseTime()).isAfterOrEqualTo(closesAt);
            shops().assertClean(stock);
        }
        assertThat(sold).isNotEmpty();
    }

    /** Everything that one buyer after another was answered, up to and with the first such answer. */
    private List<HoldResult> askUntil(Class<? extends HoldResult> answer, StockId stock) {
        List<HoldResult> answers = new ArrayList<>();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    answers.add(hold(stock, somebody(), 1, null));
                    return answer.isInstance(answers.getLast());
                });
        return answers;
    }

    @Test
    void answersClosedRatherThanSoldOutOnceClosed() throws Exception {
        StockId stock = shops().stock(StockPlan.of(1));
        heldBy(somebody(), stock, 1);
        assertThat(hold(stock, somebody(), 1, null)).isEqualTo(new HoldResult.SoldOut());

        shops().stocks().closeNow(stock);

        await().untilAsserted(() -> assertThat(hold(stock, somebody(), 1, null)).isInstanceOf(HoldResult.Closed.class));
    }

    @Test
    void replaysARepeatedKey() throws Exception {
        StockId stock = shops().stock(limited(10, 5));
        HolderId holder = somebody();
        Hold first = ((HoldResult.Held) hold(stock, holder, 2, "again")).hold();

        assertThat(hold(stock, holder, 2, "again")).isEqualTo(new HoldResult.Replayed(first));
        assertThat(answer(ledger(1).hold(new HoldRequest(stock, holder, 2, "again"))))
                .isEqualTo(new HoldResult.Replayed(first));
        assertThat(hold(stock, somebody(), 2, "again"))
                .as("another holder's key is another key")
                .isInstanceOf(HoldResult.Held.class);
        assertThat(shops().cleanAudit(stock).held()).isEqualTo(4);
    }

    @Test
    void hasOneEffectForOneKeyUsedManyTimesAtOnce() throws Exception {
        StockId stock = shops().stock(limited(10, 5));
        HolderId holder = somebody();

        List<HoldResult> answers = allAtOnce(100, i -> ledger(i).hold(new HoldRequest(stock, holder, 2, "once")));

        assertThat(held(answers)).hasSize(1);
        assertThat(answers)
                .filteredOn(HoldResult.Replayed.class::isInstance)
                .hasSize(99)
                .containsOnly(new HoldResult.Replayed(held(answers).getFirst()));
        assertThat(shops().cleanAudit(stock).held()).isEqualTo(2);
    }

    @Test
    void refusesAKeyUsedForSomethingElse() throws Exception {
        StockId stock = shops().stock(limited(10, 5));
        StockId other = shops().stock(StockPlan.of(10));
        HolderId holder = somebody();
        heldBy(somebody(), stock, 1);
        assertThat(hold(stock, holder, 2, "mine")).isInstanceOf(HoldResult.Held.class);

        assertThat(hold(stock, holder, 1, "mine")).isEqualTo(new HoldResult.KeyReused());
        assertThat(hold(other, holder, 2, "mine")).isEqualTo(new HoldResult.KeyReused());
        assertThat(shops().cleanAudit(other).held()).isZero();
    }

    @Test
    void takesFromOneStockOnlyWhenAKeyIsUsedOnManyAtOnce() throws Exception {
        List<StockId> stocks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stocks.add(shops().stock(limited(10, 5)));
        }
        HolderId holder = somebody();

        List<HoldResult> answers =
                allAtOnce(20, i -> ledger(i).hold(new HoldRequest(stocks.get(i), holder, 1, "everywhere")));

        assertThat(held(answers)).hasSize(1);
        assertThat(count(answers, HoldResult.KeyReused.class)).isEqualTo(19);
        assertThat(stocks.stream()
                        .mapToLong(stock -> shops().cleanAudit(stock).held())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void replaysAKeyEvenWhenTheStockIsRememberedAsSoldOut() throws Exception {
        StockId stock = shops().stock(limited(1, 1));
        HolderId holder = somebody();
        HoldResult first = hold(stock, holder, 1, "mine");
        assertThat(hold(stock, somebody(), 1, null)).isEqualTo(new HoldResult.SoldOut());

        assertThat(hold(stock, holder, 1, "mine")).isEqualTo(new HoldResult.Replayed(((HoldResult.Held) first).hold()));
        assertThat(hold(stock, holder, 2, "mine")).isEqualTo(new HoldResult.KeyReused());
        assertThat(hold(stock, somebody(), 1, "mine")).isEqualTo(new HoldResult.SoldOut());
        shops().assertClean(stock);
    }

    @Test
    void numbersHoldsInTheOrderOfTheLog() throws Exception {
        StockId stock = shops().stock(StockPlan.of(1_000));

        allAtOnce(100, i -> ledger(i).hold(oneOf(stock)));

        List<Hold> log = shops().log().after(stock, 0, 1_000);
        assertThat(log.stream().map(Hold::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(log.stream().map(Hold::heldAt)).isSorted();
        assertThat(shops().log().after(stock, 90, 5).stream().map(Hold::sequence))
                .containsExactly(91L, 92L, 93L, 94L, 95L);
        assertThat(shops().log().ends()).contains(new HoldLog.End(stock, 100, 0));
        shops().assertClean(stock);
    }
}
