package io.openrun.lab.contention;

import io.openrun.stock.StockPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is on sale in a place of the matrix. */
final class Goods {

    /** More than anybody can buy while it is measured. */
    private static final long ENDLESS = 100_000_000;

    /** Of the stocks that orders name, the first is scarce, so that some orders cannot be filled and go back. */
    private static final long SCARCE = 100;

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration KEPT_SHORTLY = Duration.ofMillis(200);

    private final LabPlan plan;

    Goods(LabPlan plan) {
        this.plan = plan;
    }

    List<StockPlan> measured(Cell cell) {
        return switch (cell.workload()) {
            case SELL_OUT, ABANDONMENT -> List.of(stock(cell, plan.stock()));
            case SUSTAINED, SCATTERED -> endless(cell);
            case MULTI_ITEM -> {
                List<StockPlan> plans = new ArrayList<>(endless(cell));
                plans.set(0, stock(cell, SCARCE));
                yield plans;
            }
        };
    }

    /** To warm up with. */
    List<StockPlan> endless(Cell cell) {
        return Collections.nCopies(cell.products(), stock(cell, ENDLESS));
    }

    /** Orders of several stocks have no limit per person: one row per hold whoever takes it. */
    private StockPlan stock(Cell cell, long quantity) {
        return new StockPlan(
                quantity,
                cell.workload() == Workload.MULTI_ITEM ? null : plan.limit(),
                null,
                null,
                cell.workload().holdsRunOut() ? KEPT_SHORTLY : KEPT);
    }
}
