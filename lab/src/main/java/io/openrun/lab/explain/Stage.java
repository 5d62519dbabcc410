package io.openrun.lab.explain;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.lab.strategies.LabLedgers;
import io.openrun.lab.strategies.LabStrategy;
import io.openrun.lab.strategies.LabTables;
import io.openrun.lab.strategies.LedgerSite;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockAudit;
import io.openrun.stock.StockId;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A stock with one unit left in a fresh schema of a real database, and the instances that sell it, with taps in their lines. */
final class Stage implements AutoCloseable {

    private static final int CONNECTIONS = 6;
    private static final int PATIENCE_SECONDS = 30;

    /** Shorter than usual, for somebody watches until it has run out. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final HikariDataSource own;
    private final StockSchema schema;
    private final Script script;
    private final List<Lane> lanes;
    private final List<Instance> instances = new ArrayList<>();
    private final AtomicInteger connectionsTaken = new AtomicInteger();
    private final StockId stock = new StockId(UUID.randomUUID());

    private record Instance(HikariDataSource pool, RedisTap redis, MeterRegistry meters, LabLedgers ledgers) {
        void close() {
            ledgers.close();
            redis.close();
            pool.close();
        }
    }

    Stage(LabStrategy strategy, Scene scene, List<Lane> lanes, Script script, Wires wires) {
        this.own = pool(wires.jdbcUrl());
        this.schema = new StockSchema(wires.schema());
        this.lanes = lanes;
        this.script = script;
        try {
            LabTables.create(own, schema, strategy.hasConstraints());
            for (int i = 0; i < scene.instances(); i++) {
                this.instances.add(open(strategy, wires, i, scene.instances()));
            }
            Stocks stocks = new Stocks(own, schema);
            stocks.create(stock, StockPlan.of(1L + scene.soldBefore()));
            warmUp(stocks);
            for (int i = 0; i < scene.soldBefore(); i++) {
                await(ask(0, 1));
            }
        } catch (SQLException | IOException e) {
            close();
            throw new ExplainException("The stage could not be set: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Where the engines are.
     *
     * @param programs what is known of Redis's programs
     * @param schema the schema to create
     */
    record Wires(String jdbcUrl, String redisUrl, LuaPrograms programs, String schema) {}

    private Instance open(LabStrategy strategy, Wires wires, int index, int instances) throws IOException {
        HikariDataSource pool = pool(wires.jdbcUrl());
        RedisTap redis = new RedisTap(
                wires.redisUrl(),
                wires.programs(),
                script,
                () -> lanes.get(Math.min(index, lanes.size() - 1)),
                stock.toString());
        SqlTap sql = new SqlTap(script, () -> laneOfNextConnection(index, instances));
        MeterRegistry meters = new SimpleMeterRegistry();
        LedgerSite site = new LedgerSite(sql.on(pool), schema, redis.url(), meters);
        return new Instance(pool, redis, meters, new LabLedgers(strategy, site, LEASE));
    }

    /** Buyers who share an instance are told apart by who comes for a connection first. */
    private Lane laneOfNextConnection(int index, int instances) {
        int lane = instances > 1 ? index : connectionsTaken.getAndIncrement();
        return lanes.get(Math.min(lane, lanes.size() - 1));
    }

    private static HikariDataSource pool(String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** Connections are made, statements known and classes loaded when the scene begins: it shows the sale alone. */
    private void warmUp(Stocks stocks) {
        StockId other = new StockId(UUID.randomUUID());
        stocks.create(other, StockPlan.of(instances.size()));
        for (Instance instance : instances) {
            await(instance.ledgers().ledger().hold(new HoldRequest(other, somebody(), 1, null)));
        }
    }

    static HolderId somebody() {
        return new HolderId(UUID.randomUUID());
    }

    void begin() {
        connectionsTaken.set(0);
        script.begin();
    }

    /** Somebody wants units, at the instance where they usually buy. */
    CompletableFuture<HoldResult> ask(int buyer, int quantity) {
        Instance instance = instances.get(Math.min(buyer, instances.size() - 1));
        return instance.ledgers().ledger().hold(new HoldRequest(stock, somebody(), quantity, null));
    }

    static HoldResult await(CompletableFuture<HoldResult> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExplainException("Interrupted while a buyer waited for an answer", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ExplainException("A buyer got no answer: " + e, e);
        }
    }

    StockId stock() {
        return stock;
    }

    LockWatch redisLocks(int buyer) {
        return instances.get(Math.min(buyer, instances.size() - 1)).redis().locks();
    }

    /** Callers who found the lock of their process taken. */
    double waitsInTheProcess() {
        return instances.stream()
                .flatMap(instance -> instance.meters().find(LabLedgers.LOCK_WAITS).counters().stream())
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    HikariDataSource own() {
        return own;
    }

    StockAudit audit() {
        return new Stocks(own, schema).audit(stock).orElseThrow();
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        own.close();
    }
}
