package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.openrun.engines.SharedEngines;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting stocks up, changing them, and what the database itself refuses. */
class StocksTest {

    private static final Duration HOLD = Duration.ofMinutes(15);

    @AutoClose
    private static final Shops shops = Shops.open(1, Shops.patient());

    private static Hold held(StockId stock, int quantity) throws Exception {
        HoldResult result =
                answer(shops.instance(0).standard().hold(new HoldRequest(stock, somebody(), quantity, null)));
        return ((HoldResult.Held) result).hold();
    }

    @Test
    void createsAStockOnceHoweverOftenItIsAskedTo() throws Exception {
        StockId id = new StockId(UUID.randomUUID());
        Instant opensAt = Instant.parse("2030-01-01T00:00:00.123456Z");
        StockPlan plan = new StockPlan(7, 2, opensAt, opensAt.plusSeconds(60), Duration.ofMillis(1_500));

        List<Stock> created = allAtOnce(
                20, i -> CompletableFuture.completedFuture(shops.stocks().create(id, plan)));

        Stock expected = new Stock(id, 7, 7, 0, 0, 2, opensAt, opensAt.plusSeconds(60), Duration.ofMillis(1_500), 0);
        assertThat(created).containsOnly(expected);
        assertThat(shops.stocks().create(id, StockPlan.of(99))).isEqualTo(expected);
        assertThat(shops.stocks().find(id)).contains(expected);
        assertThat(shops.stocks().find(new StockId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void takesAwayOnlyUnitsNobodyHas() throws Exception {
        StockId stock = shops.stock(StockPlan.of(10));
        held(stock, 4);

        assertThat(shops.stocks().adjust(stock, -7)).isEqualTo(new Stocks.Adjustment.WouldBeNegative(6));
        assertThat(shops.stocks().adjust(stock, -6)).isInstanceOf(Stocks.Adjustment.Adjusted.class);
        assertThat(shops.stocks().adjust(stock, 3))
                .isEqualTo(new Stocks.Adjustment.Adjusted(
                        shops.stocks().find(stock).orElseThrow()));
        assertThat(shops.stocks().find(stock).orElseThrow().quantity()).isEqualTo(7);
        assertThat(shops.stocks().adjust(new StockId(UUID.randomUUID()), 1))
                .isEqualTo(new Stocks.Adjustment.UnknownStock());
        assertThatIllegalArgumentException().isThrownBy(() -> shops.stocks().adjust(stock, Long.MIN_VALUE));
        assertThat(shops.stocks().audit(stock).orElseThrow().isClean()).isTrue();
    }

    @Test
    void neverAdjustsBelowWhatIsSoldWhileItIsSold() throws Exception {
        StockId stock = shops.stock(StockPlan.of(200));

        List<Object> answers = allAtOnce(
                300,
                i -> i % 3 == 0
                        ? CompletableFuture.completedFuture(
                                (Object) shops.stocks().adjust(stock, -1))
                        : shops.instance(0)
                                .standard()
                                .hold(new HoldRequest(stock, somebody(), 1, null))
                                .thenApply(Object.class::cast));

        Stock after = shops.stocks().find(stock).orElseThrow();
        assertThat(count(answers, Stocks.Adjustment.Adjusted.class)).isEqualTo(200 - after.quantity());
        assertThat(after.held()).isEqualTo(count(answers, HoldResult.Held.class));
        assertThat(after.remaining()).isZero();
        assertThat(shops.stocks().audit(stock).orElseThrow().isClean()).isTrue();
    }

    @Test
    void changesTheTermsOnlyBeforeTheOpening() throws Exception {
        Instant later = shops.databaseTime().plusSeconds(3_600);
        StockId scheduled = shops.stock(new StockPlan(5, 1, later, null, HOLD));
        StockId open = shops.stock(new StockPlan(5, 1, later.minusSeconds(7_200), null, HOLD));
        StockId sold = shops.stock(StockPlan.of(5));
        held(sold, 1);
        StockPlan terms = new StockPlan(0, 3, null, later, Duration.ofMinutes(1));

        assertThat(answer(shops.instance(0).standard().hold(new HoldRequest(scheduled, somebody(), 1, null))))
                .isEqualTo(new HoldResult.NotOpen(later));
        assertThat(shops.stocks().replan(scheduled, terms))
                .isEqualTo(new Stocks.Replanning.Replanned(
                        new Stock(scheduled, 5, 5, 0, 0, 3, null, later, Duration.ofMinutes(1), 0)));
        assertThat(shops.stocks().replan(open, terms)).isInstanceOf(Stocks.Replanning.AlreadyOpen.class);
        assertThat(shops.stocks().replan(sold, terms)).isInstanceOf(Stocks.Replanning.AlreadyOpen.class);
        assertThat(shops.stocks().replan(new StockId(UUID.randomUUID()), terms))
                .isEqualTo(new Stocks.Replanning.UnknownStock());
    }

    @Test
    void closesAStockOnce() {
        StockId stock = shops.stock(StockPlan.of(5));

        Instant closedAt = shops.stocks().closeNow(stock).orElseThrow().closesAt();

        assertThat(closedAt).isBeforeOrEqualTo(shops.databaseTime());
        assertThat(shops.stocks().closeNow(stock).orElseThrow().closesAt()).isEqualTo(closedAt);
        assertThat(shops.stocks().closeNow(new StockId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void findsAHoldersHoldsTheNewestFirst() throws Exception {
        StockId stock = shops.stock(StockPlan.of(50));
        HolderId holder = somebody();
        for (int i = 0; i < 3; i++) {
            answer(shops.instance(0).standard().hold(new HoldRequest(stock, holder, 2, null)));
        }
        held(stock, 1);

        assertThat(shops.holds().of(holder, stock, Long.MAX_VALUE, 2).stream().map(Hold::sequence))
                .containsExactly(3L, 2L);
        assertThat(shops.holds().of(holder, stock, 2, 2).stream().map(Hold::sequence))
                .containsExactly(1L);
        assertThat(shops.holds().find(new HoldId(UUID.randomUUID()))).isEmpty();
    }

    static Stream<Arguments> whatTheDatabaseRefuses() {
        String columns =
                "INSERT INTO drops.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,"
                        + " holder_limit, status, idempotency_key) SELECT ";
        String from = " FROM drops.hold WHERE stock_id = '%s' AND sequence = 1 AND unit = 1";
        return Stream.of(
                Arguments.of(
                        "never_oversold", "UPDATE drops.stock SET remaining = -1, held = held + 4 WHERE id = '%s'"),
                Arguments.of("units_are_conserved", "UPDATE drops.stock SET remaining = remaining + 1 WHERE id = '%s'"),
                Arguments.of(
                        "one_unit_per_slot",
                        columns + "gen_random_uuid(), stock_id, holder, 9, now(), now(), 1, 1, slot, 2, 0, null"
                                + from),
                Arguments.of(
                        "within_the_limit",
                        columns + "gen_random_uuid(), stock_id, holder, 9, now(), now(), 1, 1, 3, 2, 0, null" + from),
                Arguments.of(
                        "limited_units_have_a_slot",
                        columns + "gen_random_uuid(), stock_id, holder, 9, now(), now(), 1, 1, null, 2, 0, null"
                                + from),
                Arguments.of("limited_units_have_a_slot", "UPDATE drops.hold SET status = 3 WHERE stock_id = '%s'"),
                Arguments.of(
                        "one_hold_per_place",
                        columns + "gen_random_uuid(), stock_id, gen_random_uuid(), 1, now(), now(), 1, 1, 1, 2, 0, null"
                                + from),
                Arguments.of(
                        "one_hold_per_key",
                        columns + "gen_random_uuid(), stock_id, holder, 9, now(), now(), 1, 1, 2, 2, 0, idempotency_key"
                                + from));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatTheDatabaseRefuses")
    void isGuardedByTheDatabaseItself(String constraint, String statement) throws Exception {
        StockId stock = shops.stock(new StockPlan(3, 2, null, null, HOLD));
        answer(shops.instance(0).standard().hold(new HoldRequest(stock, somebody(), 1, "key")));

        assertThatThrownBy(() -> shops.execute(statement.formatted(stock)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(constraint);
    }

    @Test
    void auditsWhatIsThereAndNotWhatTheCountersSay() throws Exception {
        StockId stock = shops.stock(StockPlan.of(3));
        held(stock, 1);
        held(stock, 1);
        shops.execute("UPDATE drops.hold SET quantity = 3, sequence = sequence + 1 WHERE sequence = 2 AND stock_id = '"
                + stock + "'");

        StockAudit audit = shops.stocks().audit(stock).orElseThrow();

        assertThat(audit.isClean()).isFalse();
        assertThat(audit).isEqualTo(new StockAudit(3, 1, 4, 0, 1, 0, 0, 1, 4));
        assertThat(shops.stocks().audit(new StockId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        HikariDataSource gone = Shops.pool(SharedEngines.newDatabase(), 1);
        gone.close();

        assertThatThrownBy(() -> new Stocks(gone, Shops.SCHEMA).find(new StockId(UUID.randomUUID())))
                .isInstanceOf(StockAccessException.class)
                .hasMessageContaining("could not read stock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Drops", "drops; --", "1drops"})
    void acceptsOnlyPlainSchemaNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StockSchema(name));
    }

    @Test
    void acceptsOnlySensiblePlansAndRequests() {
        Instant now = Instant.EPOCH;
        assertThatIllegalArgumentException().isThrownBy(() -> StockPlan.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> StockPlan.of(StockPlan.MOST_UNITS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StockPlan(1, 0, null, null, HOLD));
        assertThatIllegalArgumentException().isThrownBy(() -> new StockPlan(1, 1_001, null, null, HOLD));
        assertThatIllegalArgumentException().isThrownBy(() -> new StockPlan(1, null, now, now, HOLD));
        assertThatIllegalArgumentException().isThrownBy(() -> new StockPlan(1, null, null, null, Duration.ZERO));
        StockId stock = new StockId(UUID.randomUUID());
        for (String key : List.of("", "with space", "tab\t", "é", "x".repeat(256))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new HoldRequest(stock, somebody(), 1, key));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new HoldRequest(stock, somebody(), 0, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettingsBuilder().maxBatch(0).build())
                .withMessageContaining("maxBatch");
    }
}
