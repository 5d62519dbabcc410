package io.openrun.drop.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.openrun.stock.HoldLog;
import io.openrun.stock.Holds;
import io.openrun.stock.LedgerSettings;
import io.openrun.stock.StockLedger;
import io.openrun.stock.StockLedgers;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The engine over the tables of this service, with connections of its own so that nobody can take them away from a sale. */
public final class DropEngine implements AutoCloseable {

    private final HikariDataSource own;
    private final StockLedgers ledgers;
    private final String defaultStrategy;
    private final Stocks stocks;
    private final Holds holds;
    private final HoldLog log;

    /**
     * Where the engine finds its helpers.
     *
     * @param databaseUrl of JDBC, with user and password
     * @param redisUrl only {@code redis-lock} and {@code redis-lua} connect to it
     */
    public record Addresses(String databaseUrl, String redisUrl) {

        /** Without the address, which has a password in it. */
        @Override
        public String toString() {
            return "Addresses";
        }
    }

    /**
     * Opens the engine.
     *
     * @param shared the service's data source: setting up stocks takes part in its transactions
     */
    public DropEngine(
            EngineSettings settings, Addresses addresses, DataSource shared, StockSchema schema, MeterRegistry meters) {
        this.own = connections(settings, addresses.databaseUrl());
        this.ledgers = new StockLedgers(own, schema, addresses.redisUrl(), LedgerSettings.defaults(), meters);
        this.defaultStrategy = settings.strategy();
        this.stocks = new Stocks(new TransactionAwareDataSourceProxy(shared), schema);
        this.holds = new Holds(shared, schema);
        this.log = new HoldLog(own, schema);
    }

    private static HikariDataSource connections(EngineSettings settings, String databaseUrl) {
        var pool = new HikariDataSource();
        pool.setPoolName("drop-engine");
        pool.setJdbcUrl(databaseUrl);
        pool.setMaximumPoolSize(settings.maxConnections());
        pool.setMinimumIdle(settings.minIdleConnections());
        pool.setConnectionTimeout(settings.connectionTimeout().toMillis());
        pool.addDataSourceProperty("ApplicationName", "drop-engine");
        pool.addDataSourceProperty("connectTimeout", "3");
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }

    /** Every strategy's name. */
    public List<String> strategies() {
        return StockLedgers.NAMES;
    }

    /** What drops use that name none. */
    public String defaultStrategy() {
        return defaultStrategy;
    }

    /** Who decides about drops with that strategy. */
    public StockLedger ledger(String strategy) {
        return ledgers.named(strategy);
    }

    /** Expiry is the same for all of them. */
    public StockLedger ledger() {
        return ledgers.named(defaultStrategy);
    }

    /** Sells and takes back, so that the first real sale meets warm code. */
    public void rehearse() {
        ledgers.rehearse();
    }

    /** Setting up and changing stocks, within the caller's transaction. */
    public Stocks stocks() {
        return stocks;
    }

    /** Reading holds. */
    public Holds holds() {
        return holds;
    }

    /** What happened to holds, in order. */
    public HoldLog log() {
        return log;
    }

    /** The engine's own connections, for the relay. */
    public DataSource connections() {
        return own;
    }

    @Override
    public void close() {
        ledgers.close();
        own.close();
    }
}
