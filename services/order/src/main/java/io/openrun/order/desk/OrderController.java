package io.openrun.order.desk;

import io.openrun.order.book.OrderStatus;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A shopper's own orders. */
@RestController
@RequestMapping("/api/v1/orders")
class OrderController {

    private final FindOrder find;
    private final ListOrders list;
    private final CancelOrder cancel;
    private final OrderWatch watch;

    OrderController(FindOrder find, ListOrders list, CancelOrder cancel, OrderWatch watch) {
        this.find = find;
        this.list = list;
        this.cancel = cancel;
        this.watch = watch;
    }

    @Operation(summary = "My orders, newest first")
    @GetMapping
    Page<OrderAnswer> mine(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return list.of(caller.userId(), ListOrders.Filter.of(status, limit, cursor))
                .map(OrderAnswer::of);
    }

    @Operation(summary = "One of my orders; PROCESSING for a moment after it was bought in a drop")
    @GetMapping("/{id}")
    OrderAnswer one(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
        return switch (find.find(caller.userId(), id)) {
            case FindOrder.Found.Placed(var order) -> OrderAnswer.of(order);
            case FindOrder.Found.Processing(var hold) -> OrderAnswer.processing(hold);
            case FindOrder.Found.NotTheirs _ -> throw Problem.notFound().asException();
        };
    }

    @Operation(summary = "The order's status now and every time it changes, as server-sent events")
    @GetMapping(
            path = "/{id}/events",
            produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.ALL_VALUE})
    SseEmitter events(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
        return switch (find.find(caller.userId(), id)) {
            case FindOrder.Found.Placed(var order) -> watch.open(caller, id, order.status(), order.version());
            case FindOrder.Found.Processing _ -> watch.open(caller, id, OrderStatus.PROCESSING, OrderWatch.NOT_YET);
            case FindOrder.Found.NotTheirs _ -> throw Problem.notFound().asException();
        };
    }

    @Operation(summary = "Cancel an order that has not been shipped: its units and its money go back")
    @PostMapping("/{id}/cancel")
    OrderAnswer cancel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable CancelRequest request) {
        return switch (cancel.cancel(caller.userId(), id)) {
            case CancelOrder.Result.Cancelled(var order) -> OrderAnswer.of(order);
            case CancelOrder.Result.NotCancellable(var status) ->
                throw Problem.conflict("ORDER_NOT_CANCELLABLE", status.name())
                        .with("orderStatus", status)
                        .asException();
            case CancelOrder.Result.NotTheirs _ -> throw Problem.notFound().asException();
        };
    }

    /** There is nothing to say but that. */
    record CancelRequest() {}
}
