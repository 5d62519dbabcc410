package io.openrun.stock;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The ledgers of one instance, by strategy. All of them work on the same tables and may be mixed, even on one stock.
 *
 * <p>The data source should be the engine's own: it needs a connection per writer, one to listen on for as long as this
 * is open, and some for expiry and for the strategies that decide one by one. Its wait for a connection should be short
 * (a second or two), for that is how long callers wait to hear that the database is away. It must not be transaction-
 * aware.
 */
public final class StockLedgers implements AutoCloseable {

    /** The strategy to use unless there is a reason not to. */
    public static final String DEFAULT = GroupCommit.NAME;

    /** Every strategy's name. */
    public static final List<String> NAMES = List.of(
            GroupCommit.NAME,
            ConditionalUpdate.NAME,
            Pessimistic.NAME,
            Optimistic.NAME,
            UnitRows.NAME,
            RedisLock.NAME,
            RedisLua.NAME);

    private static final int REHEARSED = 10;

    private final Map<String, StockLedger> ledgers = new ConcurrentHashMap<>();
    private final LedgerParts parts;
    private final RedisConnection redis;
    private final ThreadPoolExecutor writers;
    private final ReplayLookup replays;
    private final WakeListener listener;
    private final GroupCommit groupCommit;
    private final Rehearsal rehearsal;

    /**
     * Opens the ledgers.
     *
     * @param redisUrl for example {@code redis://localhost:6379}; only {@code redis-lock} and {@code redis-lua} connect to it,
     *     when first used
     */
    public StockLedgers(
            DataSource dataSource, StockSchema schema, String redisUrl, LedgerSettings settings, MeterRegistry meters) {
        StockDatabase database = new StockDatabase(dataSource, schema);
        LedgerReads reads = new LedgerReads(schema);
        LedgerWrites writes = new LedgerWrites(schema);
        RefusalMemory memory = new RefusalMemory(settings.memory(), settings.rememberedStocks());
        Duration timeout = settings.databaseTimeout();
        SingleSale single = new SingleSale(schema, timeout.dividedBy(2));
        BatchSale batch = new BatchSale(schema, writes);
        LedgerTransaction transactions = new LedgerTransaction(database, reads, writes, single, batch, memory, timeout);
        CommitOutcome outcomes = new CommitOutcome(transactions, reads, settings.outcomeWait());
        this.parts = new LedgerParts(
                settings, database, reads, writes, transactions, outcomes, memory, new LedgerMetrics(meters, schema));
        this.redis = new RedisConnection(redisUrl, schema, settings.redisTimeout());
        this.writers = new ThreadPoolExecutor(
                settings.writers(),
                settings.writers(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("stock-writer-", 1).daemon().factory());
        this.replays = new ReplayLookup(parts, writers);
        this.groupCommit = new GroupCommit(parts, writers);
        this.listener = new WakeListener(database, memory);
        this.rehearsal = new Rehearsal(transactions, schema);
    }

    /** The ledger of the default strategy. */
    public StockLedger standard() {
        return named(DEFAULT);
    }

    /**
     * The ledger of that strategy.
     *
     * @throws IllegalArgumentException if there is no such strategy
     */
    public StockLedger named(String strategy) {
        return ledgers.computeIfAbsent(strategy, name -> new StrategyLedger(strategyOf(name), parts, replays));
    }

    private Strategy strategyOf(String name) {
        return switch (name) {
            case GroupCommit.NAME -> groupCommit;
            case ConditionalUpdate.NAME -> new ConditionalUpdate(parts);
            case Pessimistic.NAME -> new Pessimistic(parts);
            case Optimistic.NAME -> new Optimistic(parts);
            case UnitRows.NAME -> new UnitRows(parts);
            case RedisLock.NAME ->
                new RedisLock(parts, new RedisLocks(redis, () -> parts.metrics().lockTimedOut(RedisLock.NAME)));
            case RedisLua.NAME ->
                new RedisLua(parts, new Gates(redis, parts.database()::remaining), groupCommit, replays);
            default -> throw new IllegalArgumentException("unknown strategy " + name + ", known are " + NAMES);
        };
    }

    /**
     * Sets what {@code group-commit} runs on its writer's thread each time it has answered a whole batch. Whoever
     * forwards answers may collect them while the futures complete, in arrival order, and pass them on here at once.
     */
    public void afterBatch(Runnable hook) {
        groupCommit.afterBatch(hook);
    }

    /**
     * Decides some thousand sales of a stock of its own and takes all of it back, so that the first real sale does not
     * pay for cold code. Takes a connection for some hundred milliseconds; nobody ever sees what was decided.
     *
     * @throws StockAccessException when the database is away
     */
    public void rehearse() {
        try {
            rehearsal.run(REHEARSED);
        } catch (SQLException e) {
            throw new StockAccessException("rehearse", e);
        }
    }

    /** Answers what has been asked, refuses what comes later as busy, and stops. */
    @Override
    public void close() {
        StockLedger gated = ledgers.get(RedisLua.NAME);
        if (gated != null) {
            gated.close();
        }
        ledgers.values().forEach(StockLedger::close);
        groupCommit.close();
        replays.close();
        listener.close();
        writers.shutdown();
        redis.close();
    }
}
