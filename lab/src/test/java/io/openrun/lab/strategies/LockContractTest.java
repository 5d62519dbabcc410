package io.openrun.lab.strategies;

import io.openrun.stock.StockLedgerContract;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The forms that rely on a lock keep the engine's contract as far as their lock reaches, on tables without the rules
 * that would save them.
 *
 * <p>One of the engine's rules is beyond any lock per stock: a key used on many stocks at once must take from one of
 * them only. The engine leaves that to a unique index, and so must these; it is the one rule that stays here. What
 * happens without it stands in {@code LocksTest}.
 */
@ParameterizedClass(name = "{0} on {1} instances")
@CsvSource({
    "jvm-lock, 1",
    "redis-lock-unfenced, 1",
    "redis-lock-unfenced, 2",
    "jpa-redisson-after-commit, 1",
    "jpa-redisson-after-commit, 2"
})
class LockContractTest extends StockLedgerContract {

    @Parameter(0)
    String strategy;

    @Parameter(1)
    int instances;

    @BeforeParameterizedClassInvocation
    static void open(String strategy, int instances) throws Exception {
        openShops(instances, site -> {
            LabTables.dropRules(site.dataSource(), site.schema());
            try (var connection = site.dataSource().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(site.schema().sql("""
                        CREATE UNIQUE INDEX IF NOT EXISTS one_hold_per_key ON {schema}.hold (holder, idempotency_key)
                        WHERE idempotency_key IS NOT NULL AND unit = 1
                        """));
            }
            return LabInstance.of(strategy, site);
        });
    }
}
