package io.openrun.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sales that are decided and written, but never made. */
class RehearsalTest {

    private static final String ROWS = """
            SELECT (SELECT count(*) FROM drops.stock) || ' stocks, ' || (SELECT count(*) FROM drops.hold) || ' holds, '
                || (SELECT count(*) FROM drops.settlement) || ' settlements'
            """;

    @Test
    void leavesNothingBehind() throws Exception {
        try (Shops shops = Shops.open(1, LedgerSettings.defaults());
                HikariDataSource database = ShopBooks.pool(shops.url(), 1)) {
            StockId stock = shops.stock(StockPlan.of(1));
            shops.ledger(0, "group-commit")
                    .hold(new HoldRequest(stock, new HolderId(UUID.randomUUID()), 1, null))
                    .get(30, TimeUnit.SECONDS);

            shops.instance(0).rehearse();

            assertThat(rows(database)).isEqualTo("1 stocks, 1 holds, 0 settlements");
            assertThat(new Stocks(database, Shops.SCHEMA).audit(stock)).get().matches(StockAudit::isClean);
        }
    }

    @Test
    void writesEverythingThatSalesOfThatManyWouldWrite() throws Exception {
        try (Shops shops = Shops.open(1, LedgerSettings.defaults());
                FaultyDataSource counted = new FaultyDataSource(ShopBooks.pool(shops.url(), 4))) {
            try (StockLedgers ledgers = new StockLedgers(
                    counted,
                    Shops.SCHEMA,
                    SharedEngines.redis().url(),
                    LedgerSettings.defaults(),
                    new SimpleMeterRegistry())) {
                ledgers.rehearse();

                assertThat(counted.statements())
                        .as("locks, changes, inserts of the small, reads for half of them, single and batch sales")
                        .isGreaterThan(2 * 10 * (8 + 8 + 7) + 2 * 5 * (8 + 7) + 2 * 10 * (8 + 8));
            }
        }
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        try (HikariDataSource nowhere = new HikariDataSource()) {
            nowhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/none");
            nowhere.setConnectionTimeout(250);
            nowhere.setInitializationFailTimeout(-1);
            try (StockLedgers ledgers = new StockLedgers(
                    nowhere,
                    Shops.SCHEMA,
                    SharedEngines.redis().url(),
                    LedgerSettings.defaults(),
                    new SimpleMeterRegistry())) {
                assertThatThrownBy(ledgers::rehearse)
                        .isInstanceOf(StockAccessException.class)
                        .hasMessageContaining("rehearse");
            }
        }
    }

    private static String rows(HikariDataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(ROWS)) {
            row.next();
            return row.getString(1);
        }
    }
}
