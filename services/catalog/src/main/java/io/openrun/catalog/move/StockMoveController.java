package io.openrun.catalog.move;

import io.openrun.contracts.DropWindow;
import io.openrun.contracts.StockMove;
import io.openrun.platform.problem.Problem;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the drop service asks of a product: units, and until when it shows the drop they are in. */
@RestController
class StockMoveController {

    /** The most units one move carries. */
    static final long MOST_UNITS = 1_000_000_000L;

    private static final Pattern REFERENCE = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final MoveStock moveStock;

    StockMoveController(MoveStock moveStock) {
        this.moveStock = moveStock;
    }

    @PostMapping("/internal/products/{id}/stock-moves")
    StockMove.Moved move(@PathVariable UUID id, @RequestBody StockMove move) {
        check(move);
        return switch (moveStock.move(id, move)) {
            case MoveStock.Outcome.Moved(var answer) -> answer;
            case MoveStock.Outcome.Insufficient(var remaining) ->
                throw Problem.conflict("INSUFFICIENT_STOCK", remaining)
                        .with("remaining", remaining)
                        .asException();
            case MoveStock.Outcome.ReferenceReused() ->
                throw Problem.of(422, "IDEMPOTENCY_KEY_REUSED").asException();
            case MoveStock.Outcome.UnknownProduct() -> throw Problem.notFound().asException();
        };
    }

    @PutMapping("/internal/products/{id}/drops/{dropId}")
    ResponseEntity<Void> change(@PathVariable UUID id, @PathVariable UUID dropId, @RequestBody DropWindow window) {
        moveStock.change(id, dropId, window);
        return ResponseEntity.noContent().build();
    }

    /** A record from {@code contracts} carries no constraints, and JSON may leave members out. */
    @SuppressWarnings("ConstantValue")
    private static void check(StockMove move) {
        if (move.reference() == null || !REFERENCE.matcher(move.reference()).matches()) {
            throw Problem.invalid("reference", "must be 1 to 200 visible ASCII characters")
                    .asException();
        }
        if (move.delta() < -MOST_UNITS || move.delta() > MOST_UNITS) {
            throw Problem.invalid("delta", "must be within " + MOST_UNITS).asException();
        }
        var drop = move.drop();
        if (drop != null && (drop.dropId() == null || drop.closesAt() == null)) {
            throw Problem.invalid("drop", "must have dropId and closesAt").asException();
        }
    }
}
