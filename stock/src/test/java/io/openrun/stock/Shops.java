package io.openrun.stock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** Some instances of the engine on one schema of a real database, each with its own connections. */
final class Shops implements AutoCloseable {

    static final StockSchema SCHEMA = new StockSchema("drops");
    private static final int CONNECTIONS = 12;

    private final String url;
    private final String redisUrl;
    private final LedgerSettings settings;
    private final HikariDataSource own;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<StockLedgers> instances = new ArrayList<>();

    private Duration connectionTimeout = Duration.ofSeconds(20);

    private Shops(String url, String redisUrl, LedgerSettings settings) {
        this.url = url;
        this.redisUrl = redisUrl;
        this.settings = settings;
        this.own = pool(url, 4);
        Flyway.configure()
                .dataSource(own)
                .schemas(SCHEMA.name())
                .locations(StockSchema.MIGRATIONS)
                .load()
                .migrate();
    }

    static Shops open(int instances, LedgerSettings settings) {
        return open(instances, settings, SharedEngines.newDatabase());
    }

    static Shops open(int instances, LedgerSettings settings, String databaseUrl) {
        return open(instances, settings, databaseUrl, SharedEngines.redis().url());
    }

    static Shops open(int instances, LedgerSettings settings, String databaseUrl, String redisUrl) {
        Shops shops = new Shops(databaseUrl, redisUrl, settings);
        for (int i = 0; i < instances; i++) {
            shops.openAnother();
        }
        return shops;
    }

    /** One instance that does not wait long for a connection. */
    static Shops openHasty(LedgerSettings settings, String databaseUrl) {
        Shops shops = new Shops(databaseUrl, SharedEngines.redis().url(), settings);
        shops.connectionTimeout = Duration.ofSeconds(1);
        shops.openAnother();
        return shops;
    }

    /** The defaults, except that a refusal is remembered for an hour: only a wake-up can end it in a test. */
    static LedgerSettings patient() {
        return new SettingsBuilder().memory(Duration.ofHours(1)).build();
    }

    StockLedgers openAnother() {
        HikariDataSource pool = pool(url, CONNECTIONS, connectionTimeout);
        pools.add(pool);
        StockLedgers ledgers = new StockLedgers(pool, SCHEMA, redisUrl, settings, new SimpleMeterRegistry());
        instances.add(ledgers);
        return ledgers;
    }

    static HikariDataSource pool(String url, int connections) {
        return pool(url, connections, Duration.ofSeconds(20));
    }

    private static HikariDataSource pool(String url, int connections, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(timeout.toMillis());
        return new HikariDataSource(config);
    }

    StockLedgers instance(int index) {
        return instances.get(index % instances.size());
    }

    StockLedger ledger(int index, String strategy) {
        return instance(index).named(strategy);
    }

    Stocks stocks() {
        return new Stocks(own, SCHEMA);
    }

    Holds holds() {
        return new Holds(own, SCHEMA);
    }

    HoldLog log() {
        return new HoldLog(own, SCHEMA);
    }

    StockId stock(StockPlan plan) {
        StockId id = new StockId(UUID.randomUUID());
        stocks().create(id, plan);
        return id;
    }

    static HolderId somebody() {
        return new HolderId(UUID.randomUUID());
    }

    Instant databaseTime() {
        return one("SELECT clock_timestamp()", OffsetDateTime.class).toInstant();
    }

    <T> T one(String query, Class<T> type) {
        try (var connection = own.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getObject(1, type);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    List<String> column(String query) {
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

    void execute(String statement) throws SQLException {
        try (var connection = own.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Makes every unsettled hold of the stock due, without touching its order. */
    void letHoldsRunOut(StockId stock) throws SQLException {
        execute("UPDATE drops.hold SET expires_at = held_at WHERE stock_id = '" + stock + "'");
        execute("UPDATE drops.stock SET first_expiry = '-infinity' WHERE id = '" + stock
                + "' AND first_expiry IS NOT NULL");
    }

    @Override
    public void close() {
        instances.forEach(StockLedgers::close);
        pools.forEach(HikariDataSource::close);
        own.close();
    }
}
