package io.openrun.lab.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The shop sells at the rate that redis-lock holds, and its figure is the 99th percentile in milliseconds.
 *
 * @param strategy what guards the stock, the default when null
 */
record ShopLatency(BenchShop shop, @Nullable String strategy, HeldRate rate) implements Contender {

    @Override
    public Sample run(Duration measured) throws IOException, SQLException, InterruptedException {
        SteadySale sale = SteadySale.run(shop, strategy, rate.perSecond(), measured);
        return sale.held() ? sale.sample() : sale.sample().withFault("the rate was not held");
    }
}
