package io.openrun.stock;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some instances of the engine on one schema of a real database, each with its own connections. */
final class Shops extends ShopBooks {

    private static final int CONNECTIONS = 12;

    private final String redisUrl;
    private final LedgerSettings settings;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<StockLedgers> instances = new ArrayList<>();
    private final List<MeterRegistry> meters = new ArrayList<>();

    private Duration connectionTimeout = Duration.ofSeconds(20);

    private Shops(String url, String redisUrl, LedgerSettings settings) {
        super(url);
        this.redisUrl = redisUrl;
        this.settings = settings;
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
        HikariDataSource pool = pool(url(), CONNECTIONS, connectionTimeout);
        pools.add(pool);
        MeterRegistry registry = new SimpleMeterRegistry();
        meters.add(registry);
        StockLedgers ledgers = new StockLedgers(pool, SCHEMA, redisUrl, settings, registry);
        instances.add(ledgers);
        return ledgers;
    }

    StockLedgers instance(int index) {
        return instances.get(index % instances.size());
    }

    /** How often that was counted at an instance; 0 if never. */
    double counted(int index, String counter, String... tags) {
        return meters.get(index % meters.size()).find(counter).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    StockLedger ledger(int index, String strategy) {
        return instance(index).named(strategy);
    }

    @Override
    public void close() {
        instances.forEach(StockLedgers::close);
        pools.forEach(HikariDataSource::close);
        super.close();
    }
}
