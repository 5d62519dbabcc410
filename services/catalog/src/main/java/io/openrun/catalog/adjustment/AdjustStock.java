package io.openrun.catalog.adjustment;

import io.openrun.catalog.product.Products;
import io.openrun.catalog.stock.ProductStock;
import io.openrun.catalog.stock.StockView;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds units to a product's stock, or takes away units nobody has. */
@Component
class AdjustStock {

    /** The most units a product may be adjusted to. */
    static final long MOST_UNITS = 1_000_000_000L;

    private final Products products;
    private final ProductStock stock;
    private final StockAdjustments adjustments;

    AdjustStock(Products products, ProductStock stock, StockAdjustments adjustments) {
        this.products = products;
        this.stock = stock;
        this.adjustments = adjustments;
    }

    /** By how much, and why. */
    record Request(UUID productId, long delta, String reason) {}

    /** What became of it. */
    sealed interface Outcome {
        /** Done and recorded; the stock as it is now. */
        record Adjusted(StockView stock) implements Outcome {}

        /** Fewer units remain than were to be taken away. Nothing changed. */
        record WouldBeNegative(long remaining) implements Outcome {}

        /** A product has at most {@link #MOST_UNITS}. Nothing changed. */
        record TooMany() implements Outcome {}

        /** There is no such product. */
        record UnknownProduct() implements Outcome {}
    }

    /** Changes the stock and records why, both or neither. */
    @Transactional
    public Outcome adjust(Request request, UUID madeBy) {
        if (!products.exists(request.productId())) {
            return new Outcome.UnknownProduct();
        }
        if (request.delta() > MOST_UNITS - stock.of(request.productId()).quantity()) {
            return new Outcome.TooMany();
        }
        return switch (stock.change(request.productId(), request.delta())) {
            case ProductStock.Change.Changed(var after) -> {
                adjustments.save(StockAdjustment.of(request, after, madeBy));
                yield new Outcome.Adjusted(after);
            }
            case ProductStock.Change.NotEnough(var remaining) -> new Outcome.WouldBeNegative(remaining);
        };
    }
}
