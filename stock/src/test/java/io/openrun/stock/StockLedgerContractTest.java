package io.openrun.stock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's own strategies keep the contract. */
@ParameterizedClass(name = "{0} on {1} instances")
@CsvSource({
    "group-commit, 1", "group-commit, 2",
    "conditional-update, 1", "conditional-update, 2",
    "pessimistic, 1", "pessimistic, 2",
    "optimistic, 1", "optimistic, 2",
    "unit-rows, 1", "unit-rows, 2",
    "redis-lock, 1", "redis-lock, 2",
    "redis-lua, 1", "redis-lua, 2"
})
class StockLedgerContractTest extends StockLedgerContract {

    @Parameter(0)
    String strategy;

    @Parameter(1)
    int instances;

    @BeforeParameterizedClassInvocation
    static void open(String strategy, int instances) throws Exception {
        openShops(instances, site -> new EngineInstance(strategy, site));
    }

    private record EngineInstance(StockLedgers ledgers, String strategy) implements LedgerFactory.Instance {

        EngineInstance(String strategy, LedgerFactory.Site site) {
            this(
                    new StockLedgers(
                            site.dataSource(),
                            site.schema(),
                            site.redisUrl(),
                            Shops.patient(),
                            new SimpleMeterRegistry()),
                    strategy);
        }

        @Override
        public StockLedger ledger() {
            return ledgers.named(strategy);
        }

        @Override
        public void close() {
            ledgers.close();
        }
    }
}
