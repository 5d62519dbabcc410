package io.openrun.lab.strategies;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.stock.LedgerFactory;
import io.openrun.stock.StockLedger;

/** A form of the laboratory as the engine's contract wants it. */
record LabInstance(LabLedgers ledgers) implements LedgerFactory.Instance {

    static LabInstance of(String strategy, LedgerFactory.Site site) {
        return new LabInstance(new LabLedgers(
                LabStrategy.named(strategy).orElseThrow(),
                new LedgerSite(site.dataSource(), site.schema(), site.redisUrl(), new SimpleMeterRegistry())));
    }

    @Override
    public StockLedger ledger() {
        return ledgers.ledger();
    }

    @Override
    public void close() {
        ledgers.close();
    }
}
