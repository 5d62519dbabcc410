package io.openrun.order.desk;

import io.openrun.order.book.OrderStatus;
import io.openrun.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everybody's orders, for administrators. */
@RestController
class AdminOrderController {

    private final ListOrders list;

    AdminOrderController(ListOrders list) {
        this.list = list;
    }

    @Operation(summary = "Everybody's orders, or one shopper's, newest first (administrators)")
    @GetMapping("/api/v1/admin/orders")
    Page<OrderAnswer> orders(
            @RequestParam(required = false) @Nullable UUID userId,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var filter = ListOrders.Filter.of(status, limit, cursor);
        return (userId == null ? list.ofEverybody(filter) : list.of(userId, filter)).map(OrderAnswer::of);
    }
}
