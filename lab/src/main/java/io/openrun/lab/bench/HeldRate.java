package io.openrun.lab.bench;

import io.openrun.lab.shop.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The rate at which latencies are compared: the highest that redis-lock holds. It is looked for anew in every round, in
 * steps from the one before and then by halves, because a machine that is shared does not hold for minutes what it held
 * once; redis-lock's figure is that of its last run that was held, and the other strategy sells at the same rate right
 * after.
 */
final class HeldRate {

    static final double STEP = 1.05;
    static final int MOST_STEPS = 12;
    static final int HALVINGS = 2;

    private final Selling selling;
    private double perSecond;

    /** Sells under the lock. */
    interface Selling {

        /** Sales a second as fast as answers come, once warm. */
        double closedLoop(Duration measured) throws IOException, SQLException, InterruptedException;

        /** Sells at this rate. */
        SteadySale at(double perSecond, Duration measured) throws IOException, SQLException, InterruptedException;
    }

    HeldRate(Selling selling) {
        this.selling = selling;
    }

    static HeldRate ofRedisLock(BenchShop shop, Progress progress) {
        return new HeldRate(new Selling() {

            @Override
            public double closedLoop(Duration measured) throws IOException, SQLException, InterruptedException {
                progress.step("looking for the highest rate that redis-lock holds");
                ShopSales sales = new ShopSales(shop, Bench.LOCK_CONNECTIONS, Bench.LOCK);
                sales.run(measured);
                return sales.run(measured).value();
            }

            @Override
            public SteadySale at(double perSecond, Duration measured)
                    throws IOException, SQLException, InterruptedException {
                SteadySale sale = SteadySale.run(shop, Bench.LOCK, perSecond, measured);
                progress.step("redis-lock %s %,.0f/s: %.0f %% sold in time"
                        .formatted(sale.held() ? "holds" : "does not hold", perSecond, 100 * sale.share()));
                return sale;
            }
        });
    }

    /** What the last search found. */
    double perSecond() {
        if (perSecond == 0) {
            throw new IllegalStateException("no rate was looked for yet");
        }
        return perSecond;
    }

    /** What was sold at the highest rate that was held; with a fault where none was in {@value #MOST_STEPS} steps. */
    Sample search(Duration measured) throws IOException, SQLException, InterruptedException {
        if (perSecond == 0) {
            perSecond = Math.max(1, selling.closedLoop(measured));
        }
        SteadySale best = selling.at(perSecond, measured);
        double notHeld = best.held() ? Double.POSITIVE_INFINITY : perSecond;
        int left = MOST_STEPS;
        while (left > 0) {
            boolean enclosed = best.held() && notHeld < Double.POSITIVE_INFINITY;
            double rate = enclosed ? Math.sqrt(perSecond * notHeld) : best.held() ? perSecond * STEP : perSecond / STEP;
            SteadySale next = selling.at(rate, measured);
            if (!next.held()) {
                notHeld = rate;
            }
            if (next.held() || !best.held()) {
                perSecond = rate;
                best = next;
            }
            boolean nowEnclosed = !enclosed && best.held() && notHeld < Double.POSITIVE_INFINITY;
            left = nowEnclosed ? HALVINGS : left - 1;
        }
        return best.heldSample();
    }
}
