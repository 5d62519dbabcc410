package io.openrun.lab.bench;

import io.openrun.lab.shop.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The rate at which latencies are compared: the highest that redis-lock holds. It is looked for anew in every round, in
 * steps from the one before and halves of the last step, because a machine that is shared does not hold for minutes what it held once; redis-lock's
 * figure is that of its last run that was held, and the other strategy sells at the same rate right after.
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
        SteadySale sale = selling.at(perSecond, measured);
        boolean rising = sale.held();
        double notHeld = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS && sale.held() == rising; step++) {
            double nextRate = rising ? perSecond * STEP : perSecond / STEP;
            SteadySale next = selling.at(nextRate, measured);
            if (rising && !next.held()) {
                notHeld = nextRate;
                break;
            }
            if (next.held() != rising) {
                notHeld = perSecond;
            }
            perSecond = nextRate;
            sale = next;
        }
        return notHeld < Double.POSITIVE_INFINITY ? approach(sale, notHeld, measured) : sale.heldSample();
    }

    /** Halves the gap between what was held and what was not. */
    private Sample approach(SteadySale held, double notHeld, Duration measured)
            throws IOException, SQLException, InterruptedException {
        SteadySale best = held;
        double above = notHeld;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double between = Math.sqrt(perSecond * above);
            SteadySale next = selling.at(between, measured);
            if (next.held()) {
                perSecond = between;
                best = next;
            } else {
                above = between;
            }
        }
        return best.heldSample();
    }
}
