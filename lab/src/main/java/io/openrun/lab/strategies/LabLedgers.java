package io.openrun.lab.strategies;

import io.micrometer.core.instrument.Counter;
import io.openrun.lab.strategies.LabStrategy.Form;
import io.openrun.stock.LedgerSettings;
import io.openrun.stock.StockLedger;
import io.openrun.stock.StockLedgers;
import java.time.Duration;

/** Opens the ledger of any strategy, so that callers cannot tell one form from another. */
public final class LabLedgers implements AutoCloseable {

    /** Counts how often a request was decided again because somebody came in between; tagged with the strategy. */
    public static final String RETRIES = "openrun.stock.retries";

    /** Counts waits for a lock that were given up; tagged with the strategy. */
    public static final String LOCK_TIMEOUTS = "openrun.stock.lock.timeouts";

    /** Counts callers who found the lock of the process taken and had to wait; tagged with the strategy. */
    public static final String LOCK_WAITS = "openrun.stock.lock.waits";

    private final StockLedger ledger;
    private final Runnable closing;

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if the strategy is the engine's and this engine does not know it
     */
    public LabLedgers(LabStrategy strategy, LedgerSite site) {
        this(strategy, site, RedissonLocks.LEASE);
    }

    /**
     * Opens it with another lease than usual for those of the laboratory's forms that take a lock in Redis.
     *
     * @throws IllegalArgumentException if the strategy is the engine's and this engine does not know it
     */
    public LabLedgers(LabStrategy strategy, LedgerSite site, Duration lease) {
        if (strategy.form() == Form.ENGINE) {
            StockLedgers engine = new StockLedgers(
                    site.dataSource(), site.schema(), site.redisUrl(), LedgerSettings.defaults(), site.meters());
            this.ledger = engine.named(strategy.title());
            this.closing = engine::close;
        } else {
            this.ledger = new FormLedger(
                    strategy.title(),
                    guard(strategy, site, lease),
                    counter(strategy, site, RETRIES),
                    counter(strategy, site, LOCK_TIMEOUTS));
            this.closing = ledger::close;
        }
    }

    private static Guard guard(LabStrategy strategy, LedgerSite site, Duration lease) {
        return switch (strategy) {
            case UNGUARDED -> new JdbcForm(site.dataSource(), site.schema());
            case JVM_LOCK ->
                new JvmLocked(new JdbcForm(site.dataSource(), site.schema()), counter(strategy, site, LOCK_WAITS));
            case REDIS_LOCK_UNFENCED ->
                new RedissonAround(new JdbcForm(site.dataSource(), site.schema()), locks(site, lease));
            case JPA_REDISSON_BEFORE_COMMIT -> new RedissonInside(JpaForm.plain(site), locks(site, lease));
            case JPA_REDISSON_AFTER_COMMIT -> new RedissonAround(JpaForm.plain(site), locks(site, lease));
            case JPA_VERSION -> JpaForm.versioned(site);
            case JPA_PESSIMISTIC -> JpaForm.pessimistic(site);
            case REDIS_LOCK, OPTIMISTIC, PESSIMISTIC, UNIT_ROWS, CONDITIONAL_UPDATE, REDIS_LUA, GROUP_COMMIT ->
                throw new IllegalArgumentException(strategy.title() + " is the engine's");
        };
    }

    private static RedissonLocks locks(LedgerSite site, Duration lease) {
        return new RedissonLocks(site.redisUrl(), site.schema(), lease);
    }

    private static Counter counter(LabStrategy strategy, LedgerSite site, String name) {
        return Counter.builder(name)
                .tag("schema", site.schema().name())
                .tag("strategy", strategy.title())
                .register(site.meters());
    }

    public StockLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        closing.run();
    }
}
