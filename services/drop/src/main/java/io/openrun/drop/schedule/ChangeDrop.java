package io.openrun.drop.schedule;

import io.openrun.drop.engine.DropEngine;
import io.openrun.stock.StockId;
import io.openrun.stock.Stocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes a drop that has not opened: its title, price, limit, window or time to pay.
 *
 * <p>Instances remember terms for a moment, so these do not change shortly before the opening, nor does the drop open
 * shortly after they changed. The window is nobody's memory but the engine's row: a drop whose terms are settled may be
 * opened at once, and the database's clock decides from when on it sells.
 */
@Component
class ChangeDrop {

    /** Later than this before the opening no terms change any more: every instance has forgotten the old ones by then. */
    static final Duration SETTLED_BEFORE = Duration.ofSeconds(2);

    private final Drops drops;
    private final DropEngine engine;
    private final KnownDrops known;
    private final TransactionTemplate transaction;

    ChangeDrop(Drops drops, DropEngine engine, KnownDrops known, PlatformTransactionManager transactions) {
        this.drops = drops;
        this.engine = engine;
        this.known = known;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What became of a change. */
    enum Result {
        /** Done. */
        CHANGED,
        /** It opens in a moment, has opened, or was cancelled. */
        NOT_CHANGEABLE,
        /** It may open so soon once every instance knows the terms that have just changed. */
        NOT_SETTLED,
        /** There is no such drop. */
        NO_DROP
    }

    /** Applies the change to the plan as it is. */
    Result change(UUID id, UnaryOperator<DropPlan> change) {
        var result = transaction.execute(status -> {
            var found = drops.lockVisible(id);
            if (found.isEmpty()) {
                return Result.NO_DROP;
            }
            var drop = found.get();
            var now = drops.now();
            if (drop.phase() != Drop.Phase.SCHEDULED || !drop.opensAt().isAfter(now)) {
                return Result.NOT_CHANGEABLE;
            }
            var plan = change.apply(drop.plan());
            if (opensBefore(now.plus(SETTLED_BEFORE), drop.opensAt(), plan.opensAt())) {
                if (!plan.sameTerms(drop.plan()) || plan.opensAt().isAfter(drop.opensAt())) {
                    return Result.NOT_CHANGEABLE;
                }
                if (!drop.isSettledSince(now.minus(SETTLED_BEFORE))) {
                    return Result.NOT_SETTLED;
                }
            }
            drop.change(plan, now);
            drops.saveAndFlush(drop);
            if (!(engine.stocks().replan(new StockId(id), plan.stock()) instanceof Stocks.Replanning.Replanned)) {
                status.setRollbackOnly();
                return Result.NOT_CHANGEABLE;
            }
            return Result.CHANGED;
        });
        known.forget(id);
        return Objects.requireNonNull(result);
    }

    private static boolean opensBefore(Instant settled, Instant opening, Instant newOpening) {
        return !opening.isAfter(settled) || !newOpening.isAfter(settled);
    }
}
