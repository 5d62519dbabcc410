package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What every strategy promises, on one instance and on several that know nothing of each other.
 *
 * <p>Another module runs these rules over ledgers of its own by a test dependency on this module's {@code test-jar} and
 * a subclass that opens the shops:
 *
 * <pre>{@code
 * @ParameterizedClass(name = "{0} on {1} instances")
 * @CsvSource({"jpa-version, 1", "jpa-version, 2"})
 * class JpaContractTest extends StockLedgerContract {
 *
 *     @BeforeParameterizedClassInvocation
 *     static void open(String strategy, int instances) {
 *         openShops(instances, site -> new JpaInstance(strategy, site.dataSource(), site.schema()));
 *     }
 * }
 * }</pre>
 *
 * <p>JUnit wants the parameters to be consumed: either by fields annotated {@code @Parameter(0)}, {@code @Parameter(1)},
 * or by a constructor. A class for one strategy needs no parameters and calls {@link #openShops} from
 * {@code @BeforeAll}. Every class, and every invocation of a parameterized class, has a fresh database; what was opened
 * is closed here.
 */
public abstract class StockLedgerContract {

    private static final int CROWD = 300;

    private static LedgerShops shops;

    /**
     * Opens that many instances on a new database with the engine's tables, and closes what was open before.
     *
     * @param factory asked once per instance; each instance has connections of its own
     */
    protected static void openShops(int instances, LedgerFactory factory) throws Exception {
        closeShops();
        shops = LedgerShops.open(instances, factory);
    }

    @AfterAll
    static void closeShops() {
        if (shops != null) {
            shops.close();
            shops = null;
        }
    }

    private static StockLedger ledger(int index) {
        return shops.ledger(index);
    }

    private HoldResult hold(StockId stock, HolderId holder, int quantity, String key) throws Exception {
        return answer(ledger(0).hold(new HoldRequest(stock, holder, quantity, key)));
    }

    private Hold heldBy(HolderId holder, StockId stock, int quantity) throws Exception {
        return ((HoldResult.Held) hold(stock, holder, quantity, null)).hold();
    }

    private StockAudit audit(StockId stock) {
        StockAudit audit = shops.stocks().audit(stock).orElseThrow();
        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        Stock row = shops.stocks().find(stock).orElseThrow();
        assertThat(row.held() + row.confirmed() + row.remaining()).isEqualTo(row.quantity());
        return audit;
    }

    private static StockPlan limited(long quantity, int limit) {
        return new StockPlan(quantity, limit, null, null, Duration.ofMinutes(15));
    }

    @Test
    void sellsExactlyTheStock() throws Exception {
        StockId stock = shops.stock(limited(100, 1));

        List<HoldResult> answers = allAtOnce(CROWD, i -> ledger(i).hold(new HoldRequest(stock, somebody(), 1, null)));

        assertThat(count(answers, HoldResult.Held.class)).isEqualTo(100);
        assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(CROWD - 100);
        assertThat(held(answers).stream().map(Hold::sequence).sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(audit(stock).held()).isEqualTo(100);
        assertThat(ledger(0).remaining(stock)).hasValue(0);
    }

    @Test
    void neverSellsMoreThanRemainsWhenQuantitiesDiffer() throws Exception {
        StockId stock = shops.stock(StockPlan.of(200));

        List<HoldResult> answers =
                allAtOnce(CROWD, i -> ledger(i).hold(new HoldRequest(stock, somebody(), 1 + i % 7, null)));

        StockAudit audit = audit(stock);
        long units = held(answers).stream().mapToLong(Hold::quantity).sum();
        assertThat(audit.held()).isEqualTo(units);
        assertThat(audit.remaining()).isEqualTo(200 - units);
        assertThat(audit.remaining()).as("one unit was wanted to the end").isZero();
    }

    @Test
    void givesOnePersonNoMoreThanTheLimitHoweverOftenTheyAskAtOnce() throws Exception {
        StockId stock = shops.stock(limited(100, 3));
        HolderId greedy = somebody();

        List<HoldResult> answers = allAtOnce(500, i -> ledger(i).hold(new HoldRequest(stock, greedy, 1, "key-" + i)));

        assertThat(count(answers, HoldResult.Held.class)).isEqualTo(3);
        assertThat(answers)
                .filteredOn(HoldResult.LimitReached.class::isInstance)
                .hasSize(497)
                .containsOnly(new HoldResult.LimitReached(3, 3));
        assertThat(audit(stock).held()).isEqualTo(3);
    }

    @Test
    void givesOnePersonTheWholeStockWhenTheLimitAllows() throws Exception {
        StockId stock = shops.stock(limited(5, 10));
        HolderId greedy = somebody();

        List<HoldResult> answers = allAtOnce(50, i -> ledger(i).hold(new HoldRequest(stock, greedy, 1, null)));

        assertThat(count(answers, HoldResult.Held.class)).isEqualTo(5);
        assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(45);
        audit(stock);
    }

    @Test
    void countsQuantitiesTowardsTheLimit() throws Exception {
        StockId stock = shops.stock(limited(10, 3));
        HolderId holder = somebody();

        assertThat(hold(stock, holder, 4, null)).isEqualTo(new HoldResult.LimitReached(3, 0));
        assertThat(hold(stock, holder, 2, null)).isInstanceOf(HoldResult.Held.class);
        assertThat(hold(stock, holder, 2, null)).isEqualTo(new HoldResult.LimitReached(3, 2));
        assertThat(hold(stock, holder, 1, null)).isInstanceOf(HoldResult.Held.class);
        assertThat(audit(stock).held()).isEqualTo(3);
    }

    @Test
    void refusesMoreThanRemainsAndStillSellsTheRest() throws Exception {
        StockId stock = shops.stock(StockPlan.of(3));

        assertThat(hold(stock, somebody(), 4, null)).isEqualTo(new HoldResult.SoldOut());
        assertThat(hold(stock, somebody(), 3, null)).isInstanceOf(HoldResult.Held.class);
        audit(stock);
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
        Instant opensAt = shops.databaseTime().plusMillis(300);
        StockId stock = shops.stock(new StockPlan(100_000, null, opensAt, null, Duration.ofMinutes(15)));

        assertThat(hold(stock, somebody(), 1, null)).isEqualTo(new HoldResult.NotOpen(opensAt));
        List<HoldResult> answers = new ArrayList<>();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    answers.add(hold(stock, somebody(), 1, null));
                    return answers.getLast() instanceof HoldResult.Held;
                });

        assertThat(held(answers)).allSatisfy(hold -> assertThat(hold.heldAt()).isAfterOrEqualTo(opensAt));
        audit(stock);
    }

    @Test
    void sellsNothingFromTheCloseOnByTheDatabasesClock() throws Exception {
        Instant closesAt = shops.databaseTime().plusMillis(300);
        StockId stock = shops.stock(new StockPlan(100_000, null, null, closesAt, Duration.ofMinutes(15)));

        List<HoldResult> answers = new ArrayList<>();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    answers.add(hold(stock, somebody(), 1, null));
                    return answers.getLast() instanceof HoldResult.Closed;
                });

        assertThat(answers.getLast()).isEqualTo(new HoldResult.Closed(closesAt));
        assertThat(held(answers)).isNotEmpty().allSatisfy(hold -> assertThat(hold.heldAt())
                .isBefore(closesAt));
        assertThat(shops.databaseTime()).isAfterOrEqualTo(closesAt);
        audit(stock);
    }

    @Test
    void answersClosedRatherThanSoldOutOnceClosed() throws Exception {
        StockId stock = shops.stock(StockPlan.of(1));
        heldBy(somebody(), stock, 1);
        assertThat(hold(stock, somebody(), 1, null)).isEqualTo(new HoldResult.SoldOut());

        shops.stocks().closeNow(stock);

        await().untilAsserted(() -> assertThat(hold(stock, somebody(), 1, null)).isInstanceOf(HoldResult.Closed.class));
    }

    @Test
    void replaysARepeatedKey() throws Exception {
        StockId stock = shops.stock(limited(10, 5));
        HolderId holder = somebody();
        Hold first = ((HoldResult.Held) hold(stock, holder, 2, "again")).hold();

        assertThat(hold(stock, holder, 2, "again")).isEqualTo(new HoldResult.Replayed(first));
        assertThat(answer(ledger(1).hold(new HoldRequest(stock, holder, 2, "again"))))
                .isEqualTo(new HoldResult.Replayed(first));
        assertThat(hold(stock, somebody(), 2, "again"))
                .as("another holder's key is another key")
                .isInstanceOf(HoldResult.Held.class);
        assertThat(audit(stock).held()).isEqualTo(4);
    }

    @Test
    void hasOneEffectForOneKeyUsedManyTimesAtOnce() throws Exception {
        StockId stock = shops.stock(limited(10, 5));
        HolderId holder = somebody();

        List<HoldResult> answers = allAtOnce(100, i -> ledger(i).hold(new HoldRequest(stock, holder, 2, "once")));

        assertThat(held(answers)).hasSize(1);
        assertThat(answers)
                .filteredOn(HoldResult.Replayed.class::isInstance)
                .hasSize(99)
                .containsOnly(new HoldResult.Replayed(held(answers).getFirst()));
        assertThat(audit(stock).held()).isEqualTo(2);
    }

    @Test
    void refusesAKeyUsedForSomethingElse() throws Exception {
        StockId stock = shops.stock(limited(10, 5));
        StockId other = shops.stock(StockPlan.of(10));
        HolderId holder = somebody();
        heldBy(somebody(), stock, 1);
        assertThat(hold(stock, holder, 2, "mine")).isInstanceOf(HoldResult.Held.class);

        assertThat(hold(stock, holder, 1, "mine")).isEqualTo(new HoldResult.KeyReused());
        assertThat(hold(other, holder, 2, "mine")).isEqualTo(new HoldResult.KeyReused());
        assertThat(audit(other).held()).isZero();
    }

    @Test
    void takesFromOneStockOnlyWhenAKeyIsUsedOnManyAtOnce() throws Exception {
        List<StockId> stocks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stocks.add(shops.stock(limited(10, 5)));
        }
        HolderId holder = somebody();

        List<HoldResult> answers =
                allAtOnce(20, i -> ledger(i).hold(new HoldRequest(stocks.get(i), holder, 1, "everywhere")));

        assertThat(held(answers)).hasSize(1);
        assertThat(count(answers, HoldResult.KeyReused.class)).isEqualTo(19);
        assertThat(stocks.stream().mapToLong(stock -> audit(stock).held()).sum())
                .isEqualTo(1);
    }

    @Test
    void replaysAKeyEvenWhenTheStockIsRememberedAsSoldOut() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        HolderId holder = somebody();
        HoldResult first = hold(stock, holder, 1, "mine");
        assertThat(hold(stock, somebody(), 1, null)).isEqualTo(new HoldResult.SoldOut());

        assertThat(hold(stock, holder, 1, "mine")).isEqualTo(new HoldResult.Replayed(((HoldResult.Held) first).hold()));
        assertThat(hold(stock, holder, 2, "mine")).isEqualTo(new HoldResult.KeyReused());
        assertThat(hold(stock, somebody(), 1, "mine")).isEqualTo(new HoldResult.SoldOut());
        audit(stock);
    }

    @Test
    void confirmsExactlyOnce() throws Exception {
        StockId stock = shops.stock(limited(10, 5));
        Hold hold = heldBy(somebody(), stock, 3);

        List<Settlement> answers = allAtOnce(50, i -> ledger(i).confirm(stock, hold.id()));

        assertThat(answers)
                .filteredOn(new Settlement.Settled(HoldStatus.CONFIRMED, true)::equals)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(new Settlement.Settled(HoldStatus.CONFIRMED, false)::equals)
                .hasSize(49);
        assertThat(audit(stock).confirmed()).isEqualTo(3);
        assertThat(shops.holds().find(hold.id()).orElseThrow().status()).isEqualTo(HoldStatus.CONFIRMED);
    }

    @Test
    void releasesExactlyOnce() throws Exception {
        StockId stock = shops.stock(limited(10, 5));
        Hold hold = heldBy(somebody(), stock, 3);

        List<Settlement> answers = allAtOnce(50, i -> ledger(i).release(stock, hold.id()));

        assertThat(answers)
                .filteredOn(new Settlement.Settled(HoldStatus.RELEASED, true)::equals)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(new Settlement.Settled(HoldStatus.RELEASED, false)::equals)
                .hasSize(49);
        assertThat(audit(stock).remaining()).isEqualTo(10);
    }

    @Test
    void letsConfirmOrExpiryWinButNeverBoth() throws Exception {
        StockId stock = shops.stock(limited(100, 1));
        List<Hold> holds = held(allAtOnce(100, i -> ledger(i).hold(new HoldRequest(stock, somebody(), 1, null))));
        shops.letHoldsRunOut(stock);

        List<Settlement> answers = allAtOnce(120, i -> {
            if (i >= 100) {
                ledger(i).expireDue(10);
            }
            return ledger(i).confirm(stock, holds.get(i % 100).id());
        });

        assertThat(answers).allSatisfy(answer -> assertThat(((Settlement.Settled) answer).status())
                .isEqualTo(HoldStatus.EXPIRED));
        StockAudit audit = audit(stock);
        assertThat(audit.confirmed()).isZero();
        assertThat(audit.remaining()).isEqualTo(100);
        assertThat(shops.log().settlementsAfter(stock, 0, 1_000)).hasSize(100);
    }

    @Test
    void letsConfirmReleaseAndNewHoldsRaceWithoutLosingAUnit() throws Exception {
        StockId stock = shops.stock(limited(60, 2));
        List<Hold> holds = held(allAtOnce(30, i -> ledger(i).hold(new HoldRequest(stock, somebody(), 2, null))));
        assertThat(holds).hasSize(30);

        List<Object> answers = allAtOnce(120, i -> switch (i % 4) {
            case 0 -> ledger(i).confirm(stock, holds.get(i / 4).id()).thenApply(Object.class::cast);
            case 1 -> ledger(i).release(stock, holds.get(i / 4).id()).thenApply(Object.class::cast);
            default ->
                ledger(i).hold(new HoldRequest(stock, somebody(), 1, null)).thenApply(Object.class::cast);
        });

        StockAudit audit = audit(stock);
        assertThat(audit.confirmed()).as("release also undoes a confirmed hold").isZero();
        assertThat(audit.held()).isEqualTo(count(answers, HoldResult.Held.class));
        assertThat(audit.remaining() + audit.held()).isEqualTo(60);
    }

    @Test
    void undoesASaleSoThatTheHolderMayBuyAgain() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        HolderId holder = somebody();
        Hold hold = heldBy(holder, stock, 1);
        answer(ledger(0).confirm(stock, hold.id()));

        assertThat(answer(ledger(0).release(stock, hold.id())))
                .isEqualTo(new Settlement.Settled(HoldStatus.RELEASED, true));
        assertThat(answer(ledger(0).confirm(stock, hold.id())))
                .isEqualTo(new Settlement.Settled(HoldStatus.RELEASED, false));
        assertThat(hold(stock, holder, 1, null)).isInstanceOf(HoldResult.Held.class);
        assertThat(shops.holds().of(holder, stock, 10)).hasSize(2);
        audit(stock);
    }

    @Test
    void doesNotConfirmAHoldPastItsEnd() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        Hold hold = heldBy(somebody(), stock, 1);
        shops.letHoldsRunOut(stock);

        assertThat(answer(ledger(0).confirm(stock, hold.id())))
                .isEqualTo(new Settlement.Settled(HoldStatus.EXPIRED, true));
        assertThat(ledger(0).expireDue(10)).isZero();
        assertThat(audit(stock).remaining()).isEqualTo(1);
    }

    @Test
    void expiresEveryDueHoldExactlyOnceOnAnyNumberOfInstances() throws Exception {
        StockId due = shops.stock(limited(400, 2));
        StockId notDue = shops.stock(limited(10, 2));
        List<Hold> holds = held(allAtOnce(200, i -> ledger(i).hold(new HoldRequest(due, somebody(), 1 + i % 2, null))));
        Hold confirmed = holds.get(50);
        answer(ledger(0).confirm(due, confirmed.id()));
        heldBy(somebody(), notDue, 1);
        shops.letHoldsRunOut(due);

        List<Integer> expired =
                allAtOnce(8, i -> CompletableFuture.completedFuture(ledger(i).expireDue(1_000)));

        assertThat(expired.stream().mapToInt(Integer::intValue).sum()).isEqualTo(199);
        assertThat(audit(due).held()).isZero();
        assertThat(audit(due).confirmed()).isEqualTo(confirmed.quantity());
        assertThat(audit(notDue).held()).isEqualTo(1);
        assertThat(ledger(0).expireDue(10)).isZero();
        assertThat(shops.log().settlementsAfter(due, 0, 1_000).stream().map(HoldLog.SettledHold::number))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void expiresNoMoreThanAskedForAndTheRestLater() throws Exception {
        StockId stock = shops.stock(StockPlan.of(50));
        for (int i = 0; i < 5; i++) {
            heldBy(somebody(), stock, 1);
        }
        shops.letHoldsRunOut(stock);

        assertThat(ledger(0).expireDue(2)).isEqualTo(2);
        assertThat(ledger(0).expireDue(2)).isEqualTo(2);
        assertThat(ledger(0).expireDue(2)).isEqualTo(1);
        heldBy(somebody(), stock, 1);
        shops.letHoldsRunOut(stock);
        assertThat(ledger(0).expireDue(2)).isEqualTo(1);
        assertThat(audit(stock).remaining()).isEqualTo(50);
    }

    @Test
    void sellsAgainOnEveryInstanceWhenUnitsComeBack() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        Hold hold = heldBy(somebody(), stock, 1);
        for (int i = 0; i < shops.instances(); i++) {
            assertThat(answer(ledger(i).hold(new HoldRequest(stock, somebody(), 1, null))))
                    .isEqualTo(new HoldResult.SoldOut());
        }

        answer(ledger(0).release(stock, hold.id()));
        Hold second = soldAgain(shops.instances() - 1, stock);
        shops.letHoldsRunOut(stock);
        assertThat(ledger(shops.instances() - 1).expireDue(1)).isEqualTo(1);
        soldAgain(0, stock);
        shops.stocks().adjust(stock, 1);
        soldAgain(shops.instances() - 1, stock);

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(audit(stock).held()).isEqualTo(2);
    }

    /** Only a wake-up can end the memory of the refusal here, for it is kept for an hour. */
    private Hold soldAgain(int instance, StockId stock) {
        HoldRequest request = new HoldRequest(stock, somebody(), 1, null);
        HoldResult result =
                await().until(() -> answer(ledger(instance).hold(request)), HoldResult.Held.class::isInstance);
        return ((HoldResult.Held) result).hold();
    }

    @Test
    void numbersHoldsInTheOrderOfTheLog() throws Exception {
        StockId stock = shops.stock(StockPlan.of(1_000));

        allAtOnce(100, i -> ledger(i).hold(new HoldRequest(stock, somebody(), 1, null)));

        List<Hold> log = shops.log().after(stock, 0, 1_000);
        assertThat(log.stream().map(Hold::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(log.stream().map(Hold::heldAt)).isSorted();
        assertThat(shops.log().after(stock, 90, 5).stream().map(Hold::sequence))
                .containsExactly(91L, 92L, 93L, 94L, 95L);
        assertThat(shops.log().ends()).contains(new HoldLog.End(stock, 100, 0));
        audit(stock);
    }
}
