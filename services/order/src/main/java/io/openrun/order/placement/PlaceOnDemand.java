package io.openrun.order.placement;

import io.openrun.order.book.Order;
import io.openrun.order.book.Orders;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Finds an order for somebody who cannot wait for the hold log: where the order is not made yet, it is made now out of
 * its hold. The log comes upon it later and leaves it alone. Calls drop, so never use it in a transaction.
 */
@Component
public class PlaceOnDemand {

    private final Orders orders;
    private final Holds holds;
    private final PlaceOrders place;

    PlaceOnDemand(Orders orders, Holds holds, PlaceOrders place) {
        this.orders = orders;
        this.holds = holds;
        this.place = place;
    }

    /**
     * The order, or empty when there is no such hold either.
     *
     * @throws DropAway when the order is not made yet and the drop service does not answer
     */
    public Optional<Order> find(UUID orderId) {
        return orders.findById(orderId).or(() -> {
            holds.find(orderId).ifPresent(hold -> place.place(List.of(Placement.of(hold))));
            return orders.findById(orderId);
        });
    }
}
