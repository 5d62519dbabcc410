package io.openrun.order.desk;

import io.openrun.order.book.Order;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.book.Orders;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Lists orders, newest first. */
@Component
class ListOrders {

    /** Before which every id lies. */
    private static final UUID END = new UUID(-1, -1);

    private final Orders orders;

    ListOrders(Orders orders) {
        this.orders = orders;
    }

    Page<Order> of(UUID userId, Filter filter) {
        return filter.page(orders.findByUserIdAndStatusInAndIdLessThanOrderByIdDesc(
                userId, filter.statuses(), filter.before(), Limit.of(filter.limit() + 1)));
    }

    Page<Order> ofEverybody(Filter filter) {
        return filter.page(orders.findByStatusInAndIdLessThanOrderByIdDesc(
                filter.statuses(), filter.before(), Limit.of(filter.limit() + 1)));
    }

    /** Which part of the list. */
    record Filter(Set<OrderStatus> statuses, UUID before, int limit) {

        /** From query parameters; 400 for a limit or a cursor that is not one. */
        static Filter of(@Nullable OrderStatus status, int limit, @Nullable String cursor) {
            var before = Cursor.decodeId(cursor);
            return new Filter(
                    status == null ? EnumSet.allOf(OrderStatus.class) : EnumSet.of(status),
                    before == null ? END : before,
                    Cursor.limit(limit));
        }

        private Page<Order> page(List<Order> rows) {
            return Page.of(rows, limit, order -> order.id().toString());
        }
    }
}
