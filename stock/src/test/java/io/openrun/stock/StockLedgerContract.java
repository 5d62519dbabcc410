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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What every strategy promises, on one instance and on several that know nothing of each other: {@link HoldRules the
 * rules of holding}, and here those of what becomes of a hold.
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
public abstract class StockLedgerContract extends HoldRules {

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

    @Override
    LedgerShops shops() {
        return shops;
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
        assertThat(shops.cleanAudit(stock).confirmed()).isEqualTo(3);
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
        assertThat(shops.cleanAudit(stock).remaining()).isEqualTo(10);
    }

    @Test
    void letsConfirmOrExpiryWinButNeverBoth() throws Exception {
        StockId stock = shops.stock(limited(100, 1));
        List<Hold> holds = held(allAtOnce(100, i -> ledger(i).hold(oneOf(stock))));
        shops.letHoldsRunOut(stock);

        List<Settlement> answers = allAtOnce(120, i -> {
            if (i >= 100) {
                ledger(i).expireDue(10);
            }
            return ledger(i).confirm(stock, holds.get(i % 100).id());
        });

        assertThat(answers).allSatisfy(answer -> assertThat(((Settlement.Settled) answer).status())
                .isEqualTo(HoldStatus.EXPIRED));
        StockAudit audit = shops.cleanAudit(stock);
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
            default -> ledger(i).hold(oneOf(stock)).thenApply(Object.class::cast);
        });

        StockAudit audit = shops.cleanAudit(stock);
        assertThat(audit.confirmed()).as("release also undoes a confirmed hold").isZero();
        assertThat(audit.held()).isEqualTo(count(answers, HoldResult.Held.class));
        assertThat(audit.remaining() + audit.held()).isEqualTo(60);
    }

    @Test
    void takesBackWhatIsUnconfirmedAndLeavesWhatIsConfirmed() throws Exception {
        StockId stock = shops.stock(limited(50, 1));
        List<Hold> holds = held(allAtOnce(50, i -> ledger(i).hold(oneOf(stock))));

        List<Settlement> answers = allAtOnce(
                100,
                i -> i % 2 == 0
                        ? ledger(i).confirm(stock, holds.get(i / 2).id())
                        : ledger(i).releaseUnconfirmed(stock, holds.get(i / 2).id()));

        for (int i = 0; i < 100; i += 2) {
            Settlement.Settled confirm = (Settlement.Settled) answers.get(i);
            Settlement.Settled release = (Settlement.Settled) answers.get(i + 1);
            assertThat(confirm.status()).isEqualTo(release.status());
            assertThat(confirm.changed()).isNotEqualTo(release.changed());
        }
        long confirmed = answers.stream()
                .filter(new Settlement.Settled(HoldStatus.CONFIRMED, true)::equals)
                .count();
        StockAudit audit = shops.cleanAudit(stock);
        assertThat(audit.confirmed()).isEqualTo(confirmed);
        assertThat(audit.remaining()).isEqualTo(50 - confirmed);
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
        assertThat(shops.holds().of(holder, stock, Long.MAX_VALUE, 10)).hasSize(2);
        shops.assertClean(stock);
    }

    @Test
    void doesNotConfirmAHoldPastItsEnd() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        Hold hold = heldBy(somebody(), stock, 1);
        shops.letHoldsRunOut(stock);

        assertThat(answer(ledger(0).confirm(stock, hold.id())))
                .isEqualTo(new Settlement.Settled(HoldStatus.EXPIRED, true));
        assertThat(ledger(0).expireDue(10)).isZero();
        assertThat(shops.cleanAudit(stock).remaining()).isEqualTo(1);
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
        assertThat(shops.cleanAudit(due).held()).isZero();
        assertThat(shops.cleanAudit(due).confirmed()).isEqualTo(confirmed.quantity());
        assertThat(shops.cleanAudit(notDue).held()).isEqualTo(1);
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
        assertThat(shops.cleanAudit(stock).remaining()).isEqualTo(50);
    }

    @Test
    void sellsAgainOnEveryInstanceWhenUnitsComeBack() throws Exception {
        StockId stock = shops.stock(limited(1, 1));
        Hold hold = heldBy(somebody(), stock, 1);
        for (int i = 0; i < shops.instances(); i++) {
            assertThat(answer(ledger(i).hold(oneOf(stock)))).isEqualTo(new HoldResult.SoldOut());
        }

        answer(ledger(0).release(stock, hold.id()));
        Hold second = soldAgain(shops.instances() - 1, stock);
        shops.letHoldsRunOut(stock);
        assertThat(ledger(shops.instances() - 1).expireDue(1)).isEqualTo(1);
        soldAgain(0, stock);
        shops.stocks().adjust(stock, 1);
        soldAgain(shops.instances() - 1, stock);

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(shops.cleanAudit(stock).held()).isEqualTo(2);
    }

    /** Only a wake-up can end the memory of the refusal here, for it is kept for an hour. */
    private Hold soldAgain(int instance, StockId stock) {
        HoldRequest request = oneOf(stock);
        HoldResult result =
                await().until(() -> answer(ledger(instance).hold(request)), HoldResult.Held.class::isInstance);
        return ((HoldResult.Held) result).hold();
    }
}
