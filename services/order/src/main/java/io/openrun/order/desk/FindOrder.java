package io.openrun.order.desk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openrun.contracts.HoldView;
import io.openrun.order.book.Order;
import io.openrun.order.book.Orders;
import io.openrun.order.placement.Holds;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Finds a shopper's order, also one that was bought a moment ago and is still on its way out of the hold log. Whoever
 * waits for that asks again and again, so what an order will be made of is asked of the drop once: nothing of it that
 * is shown here changes any more.
 */
@Component
class FindOrder {

    private static final int REMEMBERED_MAX = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    private final Orders orders;
    private final Holds holds;
    private final Cache<UUID, HoldView> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();

    FindOrder(Orders orders, Holds holds) {
        this.orders = orders;
        this.holds = holds;
    }

    Found find(UUID userId, UUID orderId) {
        var order = orders.findById(orderId);
        if (order.isPresent()) {
            return order.get().userId().equals(userId) ? new Found.Placed(order.get()) : new Found.NotTheirs();
        }
        return hold(orderId)
                .filter(hold -> hold.userId().equals(userId))
                .<Found>map(Found.Processing::new)
                .orElseGet(Found.NotTheirs::new);
    }

    private Optional<HoldView> hold(UUID orderId) {
        var known = remembered.getIfPresent(orderId);
        if (known != null) {
            return Optional.of(known);
        }
        var found = holds.find(orderId);
        found.ifPresent(hold -> remembered.put(orderId, hold));
        return found;
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
