package io.openrun.catalog.stock;

import io.openrun.stock.Stock;
import java.util.UUID;

/**
 * A product's stock, exact at the time it was asked for.
 *
 * @param quantity all units: {@code remaining + held + sold}
 */
public record StockView(UUID productId, long quantity, long remaining, long held, long sold) {

    static StockView of(Stock stock) {
        return new StockView(stock.id().value(), stock.quantity(), stock.remaining(), stock.held(), stock.confirmed());
    }
}
