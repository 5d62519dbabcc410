package io.openrun.lab.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole shop sells over HTTP: a burst on fresh drops.
 *
 * @param strategy what guards the stock, the default when null
 */
record ShopSales(BenchShop shop, int connections, @Nullable String strategy) implements Contender {

    @Override
    public Sample run(Duration measured) throws IOException, SQLException, InterruptedException {
        List<String> drops = shop.openDrops(HttpRun.whole(measured), strategy);
        AuditedSale sale = AuditedSale.begin(shop, drops);
        return sale.end(HttpRun.go(shop.lane(), connections, shop.purchases(drops), measured, shop.pids()));
    }
}
