package io.openrun.lab.bench;

import io.openrun.lab.shop.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The rate at which latencies are compared: the highest that redis-lock can hold. Searched for once, in steps, from
 * what it sells in a closed loop on a warm shop. Where the steps run out before the limit is met, the last of them is
 * taken; if that was not held, the rounds say so.
 */
final class HeldRate {

    private static final double STEP = 1.05;
    private static final int MOST_STEPS = 12;

    private final BenchShop shop;
    private final Duration trial;
    private final Progress progress;
    private double perSecond;

    HeldRate(BenchShop shop, Duration trial, Progress progress) {
        this.shop = shop;
        this.trial = trial;
        this.progress = progress;
    }

    double perSecond() throws IOException, SQLException, InterruptedException {
        if (perSecond == 0) {
            progress.step("searching for the highest rate that redis-lock holds");
            ShopSales closedLoop = new ShopSales(shop, Bench.LOCK_CONNECTIONS, Bench.LOCK);
            closedLoop.run(trial);
            perSecond = highest(Math.max(1, closedLoop.run(trial).value()));
        }
        return perSecond;
    }

    private double highest(double first) throws IOException, SQLException, InterruptedException {
        double rate = first;
        boolean held = isHeld(rate);
        for (int step = 0; step < MOST_STEPS; step++) {
            double next = held ? rate * STEP : rate / STEP;
            boolean nextHeld = isHeld(next);
            if (held != nextHeld) {
                return held ? rate : next;
            }
            rate = next;
        }
        progress.step("no limit was found near %,.0f/s".formatted(first));
        return rate;
    }

    private boolean isHeld(double rate) throws IOException, SQLException, InterruptedException {
        SteadySale sale = SteadySale.run(shop, Bench.LOCK, rate, trial);
        boolean held = sale.held();
        progress.step("redis-lock %s %,.0f/s: %.0f %% sold in time"
                .formatted(held ? "holds" : "does not hold", rate, 100 * sale.share()));
        return held;
    }
}
