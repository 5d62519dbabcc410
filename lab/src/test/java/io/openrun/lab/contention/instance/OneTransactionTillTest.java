package io.openrun.lab.contention.instance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.contention.instance.Purchase.Intent;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.strategies.LabLedgers;
import io.openrun.lab.strategies.LabTables;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockId;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two orders for the same two stocks, each naming the other's second one first, both at their first row at once. */
@Timeout(60)
class OneTransactionTillTest {

    private static final StockSchema SCHEMA = new StockSchema("lab_orders");

    private final HikariDataSource database = new HikariDataSource();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @BeforeEach
    void twoStocks() throws Exception {
        database.setJdbcUrl(SharedEngines.newDatabase());
        LabTables.create(database, SCHEMA, true);
        for (UUID stock : List.of(first, second)) {
            new Stocks(database, SCHEMA).create(new StockId(stock), StockPlan.of(10));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rowsThatAreLockedInTheOrderOfTheRequestDeadlock() throws Exception {
        meet(false);

        assertThat(deadlocks()).isPositive();
    }

    @Test
    void rowsThatAreLockedInOneOrderForAllDoNot() throws Exception {
        meet(true);

        assertThat(deadlocks()).isZero();
    }

    /**
     * Somebody has both rows until both orders wait for one. Who waits for a row is the next to get it, before all who
     * come later: so once both are let go, each has what the other one asks for next.
     */
    private void meet(boolean sorted) throws Exception {
        try (Till till = new OneTransactionTill(database, SCHEMA, meters, task(), sorted);
                Connection blocker = database.getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute(SCHEMA.sql("SELECT FROM {schema}.stock FOR UPDATE"));
            CompletableFuture<Receipt> one = order(till, 0, 1);
            CompletableFuture<Receipt> other = order(till, 1, 0);
            await().atMost(20, SECONDS).until(() -> count("""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                    """) == 2);
            blocker.commit();

            assertThat(one.get(20, SECONDS).outcome()).isEqualTo(Outcome.SOLD);
            assertThat(other.get(20, SECONDS).outcome()).isEqualTo(Outcome.SOLD);
        }
    }

    private static CompletableFuture<Receipt> order(Till till, int... stocks) {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        till.sell(new Purchase(0, new HolderId(UUID.randomUUID()), stocks, 1, null, Intent.HOLD), receipt::complete);
        return receipt;
    }

    private Task task() {
        return new Task(
                Workload.MULTI_ITEM,
                1,
                0,
                1,
                List.of(first, second),
                0,
                1,
                2,
                Task.Span.from(60_000),
                System.currentTimeMillis(),
                null);
    }

    /** The victim starts again, which is counted; the database's own count comes later. */
    private double deadlocks() {
        return meters.counter(LabLedgers.RETRIES).count();
    }

    private long count(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
