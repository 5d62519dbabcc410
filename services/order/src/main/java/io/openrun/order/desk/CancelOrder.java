package io.openrun.order.desk;

import io.openrun.order.book.Order;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.placement.PlaceOnDemand;
import io.openrun.order.process.OrderProcess;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Cancels a shopper's order, also one that is not made yet. */
@Component
class CancelOrder {

    private final PlaceOnDemand placed;
    private final OrderProcess process;

    CancelOrder(PlaceOnDemand placed, OrderProcess process) {
        this.placed = placed;
        this.process = process;
    }

    Result cancel(UUID userId, UUID orderId) {
        if (placed.find(orderId).filter(order -> order.userId().equals(userId)).isEmpty()) {
            return new Result.NotTheirs();
        }
        return process.cancel(orderId)
                .<Result>map(Result.Cancelled::new)
                .or(() -> placed.find(orderId).map(order -> new Result.NotCancellable(order.status())))
                .orElseGet(Result.NotTheirs::new);
    }

    /** What came of it. */
    sealed interface Result {

        /** The order is cancelled; units and money are on their way back. */
        record Cancelled(Order order) implements Result {}

        /** Too late, or cancelled before. */
        record NotCancellable(OrderStatus status) implements Result {}

        /** Nothing there, or somebody else's. */
        record NotTheirs() implements Result {}
    }
}
