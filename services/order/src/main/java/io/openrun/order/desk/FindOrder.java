package io.openrun.order.desk;

import io.openrun.contracts.HoldView;
import io.openrun.order.book.Order;
import io.openrun.order.book.Orders;
import io.openrun.order.placement.Holds;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds a shopper's order, also one that was bought a moment ago and is still on its way out of the hold log. */
@Component
class FindOrder {

    private final Orders orders;
    private final Holds holds;

    FindOrder(Orders orders, Holds holds) {
        this.orders = orders;
        this.holds = holds;
    }

    Found find(UUID userId, UUID orderId) {
        var order = orders.findById(orderId);
        if (order.isPresent()) {
            return order.get().userId().equals(userId) ? new Found.Placed(order.get()) : new Found.NotTheirs();
        }
        return holds.find(orderId)
                .filter(hold -> hold.userId().equals(userId))
                .<Found>map(Found.Processing::new)
                .orElseGet(Found.NotTheirs::new);
    }

    /** What there is of an order. */
    sealed interface Found {

        /** The order. */
        record Placed(Order order) implements Found {}

        /** The hold it is being made of. */
        record Processing(HoldView hold) implements Found {}

        /** Nothing, or somebody else's. */
        record NotTheirs() implements Found {}
    }
}
