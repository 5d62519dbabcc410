package io.openrun.lab.strategies;

import static io.openrun.lab.strategies.Callers.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.LedgerSettings;
import io.openrun.stock.StockAudit;
import io.openrun.stock.StockId;
import io.openrun.stock.StockLedgers;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crowd at each of the forms that shops write: which of them keeps to its stock, and how far it can be trusted. */
class OversellingTest {

    private static final int CROWD = 400;
    private static final int STOCK = 100;
    private static final int TRIES = 20;

    private interface Race {
        long wrong() throws Exception;
    }

    /** What a race did wrong when it was first lost: a lucky machine may get away with it for a few tries, never for all. */
    private static long soonerOrLater(Race race) throws Exception {
        long wrong = 0;
        for (int i = 0; i < TRIES && wrong == 0; i++) {
            wrong = race.wrong();
        }
        return wrong;
    }

    private static StockAudit afterTheCrowd(LabStrategy strategy, int instances) throws Exception {
        try (Callers callers = new Callers(strategy, instances)) {
            StockId stock = callers.stock(StockPlan.of(STOCK));
            long told = callers.buyAtOnce(CROWD, i -> new HoldRequest(stock, somebody(), 1, null));
            StockAudit audit = callers.audit(stock);
            assertThat(audit.held()).as("everyone who was told so has a hold").isEqualTo(told);
            return audit;
        }
    }

    @Test
    void withoutAGuardACrowdBuysMoreThanThereIs() throws Exception {
        assertThat(soonerOrLater(() -> afterTheCrowd(LabStrategy.UNGUARDED, 1).oversold()))
                .isPositive();
    }

    @Test
    void withoutAGuardPlacesInTheLineAreGivenTwice() throws Exception {
        assertThat(soonerOrLater(() -> afterTheCrowd(LabStrategy.UNGUARDED, 1).duplicates()))
                .isPositive();
    }

    @Test
    void aLockOfTheProcessIsExactOnOneInstance() throws Exception {
        StockAudit audit = afterTheCrowd(LabStrategy.JVM_LOCK, 1);

        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        assertThat(audit.held()).isEqualTo(STOCK);
    }

    @Test
    void aLockOfTheProcessOversellsOnTwoInstances() throws Exception {
        assertThat(soonerOrLater(() -> afterTheCrowd(LabStrategy.JVM_LOCK, 2).oversold()))
                .isPositive();
    }

    @Test
    void aLockGivenBackBeforeTheCommitOversells() throws Exception {
        assertThat(soonerOrLater(() ->
                        afterTheCrowd(LabStrategy.JPA_REDISSON_BEFORE_COMMIT, 2).oversold()))
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = LabStrategy.class,
            names = {"REDIS_LOCK_UNFENCED", "JPA_REDISSON_AFTER_COMMIT", "JPA_VERSION", "JPA_PESSIMISTIC"})
    void theCarefulFormsAreExactOnTwoInstances(LabStrategy strategy) throws Exception {
        StockAudit audit = afterTheCrowd(strategy, 2);

        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        assertThat(audit.held()).isEqualTo(STOCK);
    }

    @Test
    void aLockInRedisRefusesNobodyWhenRedisStandsStillForSeconds() throws Exception {
        try (Callers callers = new Callers(LabStrategy.REDIS_LOCK_UNFENCED, 1)) {
            StockId stock = callers.stock(StockPlan.of(STOCK));
            callers.pauseRedis(Duration.ofSeconds(4));

            long told = callers.buyAtOnce(STOCK, i -> new HoldRequest(stock, somebody(), 1, null));

            assertThat(told).isEqualTo(STOCK);
            assertThat(callers.audit(stock).isClean()).isTrue();
        }
    }

    @Test
    void aVersionCostsRetriesAndCountsThem() throws Exception {
        try (Callers callers = new Callers(LabStrategy.JPA_VERSION, 1)) {
            assertThat(soonerOrLater(() -> {
                        StockId stock = callers.stock(StockPlan.of(STOCK));
                        callers.buyAtOnce(CROWD, i -> new HoldRequest(stock, somebody(), 1, null));
                        assertThat(callers.audit(stock).isClean()).isTrue();
                        return (long) callers.counted(LabLedgers.RETRIES);
                    }))
                    .isPositive();
        }
    }

    @Test
    void aLockPerStockDoesNotKeepAKeyFromWorkingOnManyStocks() throws Exception {
        try (Callers callers = new Callers(LabStrategy.JVM_LOCK, 1)) {
            assertThat(soonerOrLater(() -> timesOneKeyTookEffect(callers) - 1)).isPositive();
        }
    }

    private static long timesOneKeyTookEffect(Callers callers) throws Exception {
        List<StockId> stocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            stocks.add(callers.stock(StockPlan.of(1)));
        }
        var holder = somebody();
        return callers.buyAtOnce(40, i -> new HoldRequest(stocks.get(i), holder, 1, "everywhere"));
    }

    @ParameterizedTest
    @EnumSource(
            value = LabStrategy.class,
            names = {
                "UNGUARDED",
                "JVM_LOCK",
                "REDIS_LOCK_UNFENCED",
                "JPA_REDISSON_BEFORE_COMMIT",
                "JPA_REDISSON_AFTER_COMMIT",
                "JPA_VERSION",
                "JPA_PESSIMISTIC"
            })
    void aServiceCannotBeGivenAFormOfTheLaboratory(LabStrategy strategy) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(SharedEngines.newDatabase());
            try (StockLedgers engine = new StockLedgers(
                    pool,
                    new StockSchema("drops"),
                    SharedEngines.redis().url(),
                    LedgerSettings.defaults(),
                    new SimpleMeterRegistry())) {
                assertThatThrownBy(() -> engine.named(strategy.title()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("unknown strategy " + strategy.title() + ", known are")
                        .hasMessageContaining(StockLedgers.DEFAULT);
            }
        }
    }
}
