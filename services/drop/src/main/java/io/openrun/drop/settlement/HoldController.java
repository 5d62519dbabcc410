package io.openrun.drop.settlement;

import io.openrun.contracts.HoldConfirmation;
import io.openrun.contracts.HoldView;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.schedule.DropTerms;
import io.openrun.drop.schedule.KnownDrops;
import io.openrun.platform.problem.Problem;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldId;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What {@code order} asks about holds; an order's id is its hold's id. */
@RestController
@RequestMapping("/internal/holds/{orderId}")
class HoldController {

    private final DropEngine engine;
    private final KnownDrops drops;
    private final ConfirmHold confirmHold;

    HoldController(DropEngine engine, KnownDrops drops, ConfirmHold confirmHold) {
        this.engine = engine;
        this.drops = drops;
        this.confirmHold = confirmHold;
    }

    @GetMapping
    HoldView one(@PathVariable UUID orderId) {
        return engine.holds()
                .find(new HoldId(orderId))
                .flatMap(hold -> drops.read(hold.stock().value()).map(terms -> view(terms, hold)))
                .orElseThrow(() -> Problem.notFound().asException());
    }

    @PostMapping("/confirm")
    HoldConfirmation confirm(@PathVariable UUID orderId) {
        return switch (confirmHold.confirm(orderId)) {
            case ConfirmHold.Result.Decided(var outcome) -> new HoldConfirmation(outcome);
            case ConfirmHold.Result.Busy(var retryAfter) ->
                throw Problem.busy(503, retryAfter).asException();
        };
    }

    private static HoldView view(DropTerms terms, Hold hold) {
        return new HoldView(
                hold.id().value(),
                terms.id(),
                terms.productId(),
                terms.title(),
                hold.holder().value(),
                hold.quantity(),
                terms.price(),
                terms.amount(hold.quantity()),
                hold.sequence(),
                hold.status().name(),
                hold.heldAt(),
                hold.expiresAt());
    }
}
