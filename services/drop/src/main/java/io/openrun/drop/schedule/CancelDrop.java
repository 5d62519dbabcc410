package io.openrun.drop.schedule;

import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.Drop.Phase;
import io.openrun.stock.StockId;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls a drop off: the sale ends at once. Unpaid holds are released and the units go back to the product by
 * {@link ReturnUnits}; what was paid for stays sold.
 */
@Component
class CancelDrop {

    private final Drops drops;
    private final DropEngine engine;
    private final KnownDrops known;
    private final TransactionTemplate transaction;

    CancelDrop(Drops drops, DropEngine engine, KnownDrops known, PlatformTransactionManager transactions) {
        this.drops = drops;
        this.engine = engine;
        this.known = known;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What became of it. */
    enum Result {
        /** It is cancelled, now or earlier. */
        CANCELLED,
        /** It is over. */
        NOT_CANCELLABLE,
        /** There is no such drop. */
        NO_DROP
    }

    /** Cancels, once; asked again, says so again. */
    Result cancel(UUID id) {
        var result = transaction.execute(status -> {
            var found = drops.lockVisible(id);
            if (found.isEmpty()) {
                return Result.NO_DROP;
            }
            var drop = found.get();
            if (drop.phase() == Phase.CANCELLED) {
                return Result.CANCELLED;
            }
            if (!drops.now().isBefore(drop.plan().closesAt())) {
                return Result.NOT_CANCELLABLE;
            }
            drop.callOff();
            drops.saveAndFlush(drop);
            engine.stocks().closeNow(new StockId(id));
            return Result.CANCELLED;
        });
        known.forget(id);
        return Objects.requireNonNull(result);
    }
}
