package io.openrun.stock;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides whether a batch first reads what its holders have and which keys were used, or leaves it to the constraints
 * to object.
 *
 * <p>In a stampede nearly everyone comes for the first time, and reading costs as much as a fifth of the sale. So
 * batches are written in good hope; when a constraint objects, the batch is done again with reading first, and so are
 * the next ones of that stock.
 */
final class Caution {

    private static final int CAREFUL_BATCHES = 100;
    private static final int MOST_STOCKS = 1_000;

    private final Map<StockId, Integer> careful = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StockId, Integer> eldest) {
            return size() > MOST_STOCKS;
        }
    };

    /** Whether the stock's next batch should read first. Counts that batch. */
    synchronized boolean isDue(StockId stock) {
        return careful.computeIfPresent(stock, (key, batches) -> batches == 1 ? null : batches - 1) != null;
    }

    /** A constraint objected: somebody came again. */
    synchronized void raise(StockId stock) {
        careful.put(stock, CAREFUL_BATCHES);
    }
}
