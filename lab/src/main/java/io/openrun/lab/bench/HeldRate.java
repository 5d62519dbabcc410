package io.openrun.lab.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The rate at which latencies are compared: one that redis-lock can hold. Found once, by a closed-loop run of it, and
 * then somewhat less, because nobody holds their peak in an open loop.
 */
final class HeldRate {

    static final int CONNECTIONS = 256;
    static final double SHARE = 0.7;

    private final BenchShop shop;
    private final Duration trial;
    private double perSecond;

    HeldRate(BenchShop shop, Duration trial) {
        this.shop = shop;
        this.trial = trial;
    }

    double perSecond() throws IOException, SQLException, InterruptedException {
        if (perSecond == 0) {
            perSecond = Math.max(
                    1,
                    SHARE
                            * new ShopSales(shop, Bench.LOCK_CONNECTIONS, Bench.LOCK)
                                    .run(trial)
                                    .value());
        }
        return perSecond;
    }
}
