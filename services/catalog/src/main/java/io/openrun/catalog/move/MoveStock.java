package io.openrun.catalog.move;

import io.openrun.catalog.product.Products;
import io.openrun.catalog.stock.ProductStock;
import io.openrun.contracts.DropWindow;
import io.openrun.contracts.StockMove;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves units between a product's stock and a drop, once per reference, and notes which drops shoppers should see. */
@Component
class MoveStock {

    private final Products products;
    private final ProductStock stock;
    private final StockMoves moves;

    MoveStock(Products products, ProductStock stock, StockMoves moves) {
        this.products = products;
        this.stock = stock;
        this.moves = moves;
    }

    /** What became of it. */
    sealed interface Outcome {
        /** Done, now or when it was asked for first. */
        record Moved(StockMove.Moved answer) implements Outcome {}

        /** Fewer units remain than were to be taken. Nothing changed; the reference may be used again. */
        record Insufficient(long remaining) implements Outcome {}

        /** The reference was used for another move. Nothing changed. */
        record ReferenceReused() implements Outcome {}

        /** There is no such product, or it was deleted and units were to be taken. */
        record UnknownProduct() implements Outcome {}
    }

    /** Units always come back, even to a product that was deleted since; they are taken only from one that is there. */
    @Transactional
    public Outcome move(UUID productId, StockMove move) {
        // The lock makes moves of a product wait for each other and for its deletion, so that the reading of earlier
        // moves just below cannot miss one, and a product cannot be deleted while a drop of it is being announced.
        var product = products.lockEvenDeleted(productId);
        if (product.isEmpty()) {
            return new Outcome.UnknownProduct();
        }
        var earlier = moves.findById(move.reference());
        if (earlier.isPresent()) {
            return earlier.get().is(productId, move.delta())
                    ? new Outcome.Moved(earlier.get().answer())
                    : new Outcome.ReferenceReused();
        }
        if (move.delta() < 0 && product.get().isDeleted()) {
            return new Outcome.UnknownProduct();
        }
        return switch (stock.change(productId, move.delta())) {
            case ProductStock.Change.Changed(var after) -> {
                announce(productId, move);
                var answer = new StockMove.Moved(productId, product.get().name(), after.remaining());
                moves.save(RecordedMove.of(move, answer));
                yield new Outcome.Moved(answer);
            }
            case ProductStock.Change.NotEnough(var remaining) -> new Outcome.Insufficient(remaining);
        };
    }

    /** Shows a drop that was announced until another moment, or no more. */
    @Transactional
    public void change(UUID productId, UUID drop, DropWindow window) {
        moves.change(drop, productId, window.closesAt(), window.version());
    }

    private void announce(UUID productId, StockMove move) {
        var drop = move.drop();
        if (drop == null) {
            moves.withdraw(productId, move.reference());
        } else {
            moves.announce(drop.dropId(), productId, drop.closesAt(), move.reference());
        }
    }
}
