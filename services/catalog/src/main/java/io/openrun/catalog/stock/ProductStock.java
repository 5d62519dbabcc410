package io.openrun.catalog.stock;

import io.openrun.stock.StockId;
import io.openrun.stock.StockPlan;
import io.openrun.stock.Stocks;
import io.openrun.stock.Stocks.Adjustment;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The stock of products, which is a stock of the engine under the product's id. Takes part in its caller's
 * transaction.
 */
@Component
public class ProductStock {

    private final Stocks stocks;

    ProductStock(@Qualifier("catalogStocks") Stocks stocks) {
        this.stocks = stocks;
    }

    /** What became of a change. */
    public sealed interface Change {
        /** The stock as it is now. */
        record Changed(StockView stock) implements Change {}

        /** Fewer units remain than were to be taken. Nothing changed. */
        record NotEnough(long remaining) implements Change {}
    }

    /** Gives a new product its units. */
    public StockView create(UUID productId, long quantity) {
        return StockView.of(stocks.create(new StockId(productId), StockPlan.of(quantity)));
    }

    /** The stock of a product that exists. */
    public StockView of(UUID productId) {
        return StockView.of(stocks.find(new StockId(productId)).orElseThrow(() -> without(productId)));
    }

    /** Adds units to a product that exists, or takes away units nobody has. */
    public Change change(UUID productId, long delta) {
        return switch (stocks.adjust(new StockId(productId), delta)) {
            case Adjustment.Adjusted(var stock) -> new Change.Changed(StockView.of(stock));
            case Adjustment.WouldBeNegative(var remaining) -> new Change.NotEnough(remaining);
            case Adjustment.UnknownStock() -> throw without(productId);
        };
    }

    private static IllegalStateException without(UUID productId) {
        return new IllegalStateException("product " + productId + " has no stock");
    }
}
