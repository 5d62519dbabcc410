package io.openrun.lab.contention.instance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.lab.contention.Contestant;
import io.openrun.lab.strategies.LabLedgers;
import io.openrun.lab.strategies.LedgerSite;
import io.openrun.stock.StockSchema;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One contestant, open on one schema. */
final class OpenShop implements AutoCloseable {

    private final Contestant contestant;
    private final DataSource dataSource;
    private final StockSchema schema;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final @Nullable LabLedgers ledgers;

    OpenShop(Contestant contestant, DataSource dataSource, StockSchema schema, String redisUrl) {
        this.contestant = contestant;
        this.dataSource = dataSource;
        this.schema = schema;
        this.ledgers = contestant.strategy() == null
                ? null
                : new LabLedgers(contestant.strategy(), new LedgerSite(dataSource, schema, redisUrl, meters));
    }

    /** A till for that crowd. */
    Till till(Task task) {
        return ledgers == null
                ? new OneTransactionTill(dataSource, schema, meters, task, contestant.takesRowsInOneOrder())
                : new LedgerTill(ledgers.ledger(), task.workload(), task.stocks());
    }

    /** Looks how far the sale of that stock is. */
    SaleWatch watch(UUID stock) {
        return new SaleWatch(dataSource, schema, stock);
    }

    double retries() {
        return sum(LabLedgers.RETRIES);
    }

    double lockTimeouts() {
        return sum(LabLedgers.LOCK_TIMEOUTS);
    }

    private double sum(String counters) {
        return meters.find(counters).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        if (ledgers != null) {
            ledgers.close();
        }
        meters.close();
    }
}
