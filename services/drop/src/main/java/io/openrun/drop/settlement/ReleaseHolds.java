package io.openrun.drop.settlement;

import io.openrun.contracts.OrderEvent.OrderCancelled;
import io.openrun.drop.engine.DropEngine;
import io.openrun.stock.HoldId;
import io.openrun.stock.Settlement;
import io.openrun.stock.StockId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Orders were cancelled: their units are free again, exactly once however often the news arrives. */
@Component
class ReleaseHolds {

    private final DropEngine engine;

    ReleaseHolds(DropEngine engine) {
        this.engine = engine;
    }

    /** Releases all of them together; false when some could not be decided and the news must come again. */
    boolean release(List<OrderCancelled> cancellations) {
        List<CompletableFuture<Settlement>> settlements = cancellations.stream()
                .map(cancelled ->
                        engine.ledger().release(new StockId(cancelled.dropId()), new HoldId(cancelled.orderId())))
                .toList();
        return settlements.stream().map(CompletableFuture::join).noneMatch(Settlement.Busy.class::isInstance);
    }
}
