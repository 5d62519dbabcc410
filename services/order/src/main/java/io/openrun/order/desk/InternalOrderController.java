package io.openrun.order.desk;

import io.openrun.contracts.OrderView;
import io.openrun.order.placement.PlaceOnDemand;
import io.openrun.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Orders for the other services. An order that is not made yet is made now, so that it can be paid at once. */
@Hidden
@RestController
class InternalOrderController {

    private final PlaceOnDemand placed;

    InternalOrderController(PlaceOnDemand placed) {
        this.placed = placed;
    }

    @GetMapping("/internal/orders/{id}")
    OrderView order(@PathVariable UUID id) {
        return placed.find(id)
                .map(order -> new OrderView(
                        order.id(), order.userId(), order.status().name(), order.payable(), order.holdExpiresAt()))
                .orElseThrow(() -> Problem.notFound().asException());
    }
}
