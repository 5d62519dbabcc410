package io.openrun.lab.strategies;

import io.openrun.stock.StockLedgerContract;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring Data JPA with a version or with a row lock keeps the engine's whole contract, on the engine's own tables. */
@ParameterizedClass(name = "{0} on {1} instances")
@CsvSource({"jpa-version, 1", "jpa-version, 2", "jpa-pessimistic, 1", "jpa-pessimistic, 2"})
class JpaContractTest extends StockLedgerContract {

    @Parameter(0)
    String strategy;

    @Parameter(1)
    int instances;

    @BeforeParameterizedClassInvocation
    static void open(String strategy, int instances) throws Exception {
        openShops(instances, site -> LabInstance.of(strategy, site));
    }
}
