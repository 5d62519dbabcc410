package io.openrun.stock;

import com.zaxxer.hikari.HikariDataSource;
import io.openrun.engines.SharedEngines;
import java.util.ArrayList;
import java.util.List;

/** Some instances of a shop, each with the ledger its factory made and connections of its own, on one new database. */
final class LedgerShops extends ShopBooks {

    private static final int CONNECTIONS = 12;

    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<LedgerFactory.Instance> instances = new ArrayList<>();

    private LedgerShops(String url) {
        super(url);
    }

    static LedgerShops open(int instances, LedgerFactory factory) throws Exception {
        LedgerShops shops = new LedgerShops(SharedEngines.newDatabase());
        for (int i = 0; i < instances; i++) {
            HikariDataSource pool = pool(shops.url(), CONNECTIONS);
            shops.pools.add(pool);
            shops.instances.add(factory.open(
                    new LedgerFactory.Site(pool, SCHEMA, SharedEngines.redis().url())));
        }
        return shops;
    }

    int instances() {
        return instances.size();
    }

    StockLedger ledger(int index) {
        return instances.get(index % instances.size()).ledger();
    }

    @Override
    public void close() {
        for (LedgerFactory.Instance instance : instances) {
            instance.close();
        }
        pools.forEach(HikariDataSource::close);
        super.close();
    }
}
