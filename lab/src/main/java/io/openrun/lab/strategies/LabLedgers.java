package io.openrun.lab.strategies;

import io.openrun.stock.LedgerSettings;
import io.openrun.stock.StockLedger;
import io.openrun.stock.StockLedgers;

/** Opens the ledger of any strategy, so that callers cannot tell one form from another. */
public final class LabLedgers implements AutoCloseable {

    private final StockLedgers engine;
    private final StockLedger ledger;

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if the strategy is not known to the engine
     */
    public LabLedgers(LabStrategy strategy, LedgerSite site) {
        this.engine = new StockLedgers(
                site.dataSource(), site.schema(), site.redisUrl(), LedgerSettings.defaults(), site.meters());
        this.ledger = engine.named(strategy.title());
    }

    public StockLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        engine.close();
    }
}
