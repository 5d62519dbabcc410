package io.openrun.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A real database with the engine's tables, and what tests write and look up in it. */
public class ShopBooks implements AutoCloseable {

    static final StockSchema SCHEMA = new StockSchema("drops");

    private final String url;
    private final HikariDataSource own;

    ShopBooks(String url) {
        this.url = url;
        this.own = pool(url, 4);
        Flyway.configure()
                .dataSource(own)
                .schemas(SCHEMA.name())
                .locations(StockSchema.MIGRATIONS)
                .load()
                .migrate();
    }

    String url() {
        return url;
    }

    static HikariDataSource pool(String url, int connections) {
        return pool(url, connections, Duration.ofSeconds(20));
    }

    static HikariDataSource pool(String url, int connections, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(timeout.toMillis());
        return new HikariDataSource(config);
    }

    public Stocks stocks() {
        return new Stocks(own, SCHEMA);
    }

    public Holds holds() {
        return new Holds(own, SCHEMA);
    }

    public HoldLog log() {
        return new HoldLog(own, SCHEMA);
    }

    public StockId stock(StockPlan plan) {
        StockId id = new StockId(UUID.randomUUID());
        stocks().create(id, plan);
        return id;
    }

    public static HolderId somebody() {
        return new HolderId(UUID.randomUUID());
    }

    /** Somebody new who wants one unit. */
    static HoldRequest oneOf(StockId stock) {
        return new HoldRequest(stock, somebody(), 1, null);
    }

    static StockPlan limited(long quantity, int perHolder) {
        return new StockPlan(quantity, perHolder, null, null, Duration.ofMinutes(15));
    }

    void assertClean(StockId stock) {
        var _ = cleanAudit(stock);
    }

    /** What an audit finds, after asserting that it finds nothing to complain about. */
    StockAudit cleanAudit(StockId stock) {
        StockAudit audit = stocks().audit(stock).orElseThrow();
        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        Stock row = stocks().find(stock).orElseThrow();
        assertThat(row.held() + row.confirmed() + row.remaining()).isEqualTo(row.quantity());
        return audit;
    }

    public Instant databaseTime() {
        return one("SELECT clock_timestamp()", OffsetDateTime.class).toInstant();
    }

    public <T> T one(String query, Class<T> type) {
        try (var connection = own.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getObject(1, type);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public List<String> column(String query) {
        List<String> values = new ArrayList<>();
        try (var connection = own.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return values;
    }

    public void execute(String statement) throws SQLException {
        try (var connection = own.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Makes every unsettled hold of the stock due, without touching its order. */
    public void letHoldsRunOut(StockId stock) throws SQLException {
        execute("UPDATE drops.hold SET expires_at = held_at WHERE stock_id = '" + stock + "'");
        execute("UPDATE drops.stock SET first_expiry = '-infinity' WHERE id = '" + stock
                + "' AND first_expiry IS NOT NULL");
    }

    @Override
    public void close() {
        own.close();
    }
}
