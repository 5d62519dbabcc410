package io.openrun.lab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HolderId;
import io.openrun.stock.StockAudit;
import io.openrun.stock.StockId;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Some instances of one strategy on a database of their own, and callers who all call at once. */
final class Callers implements AutoCloseable {

    private static final StockSchema SCHEMA = new StockSchema("lab");
    private static final int CONNECTIONS = 12;
    private static final int PATIENCE_SECONDS = 60;

    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<LabLedgers> instances = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    Callers(LabStrategy strategy, int count) throws SQLException {
        String url = SharedEngines.newDatabase();
        for (int i = 0; i < count; i++) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(CONNECTIONS);
            HikariDataSource pool = new HikariDataSource(config);
            pools.add(pool);
            if (i == 0) {
                LabTables.create(pool, SCHEMA, strategy.hasConstraints());
            }
            instances.add(new LabLedgers(
                    strategy, new LedgerSite(pool, SCHEMA, SharedEngines.redis().url(), meters)));
        }
    }

    StockId stock(StockPlan plan) {
        StockId id = new StockId(UUID.randomUUID());
        new Stocks(pools.getFirst(), SCHEMA).create(id, plan);
        return id;
    }

    StockAudit audit(StockId stock) {
        return new Stocks(pools.getFirst(), SCHEMA).audit(stock).orElseThrow();
    }

    double counted(String counter) {
        return meters.find(counter).counters().stream()
                .mapToDouble(one -> one.count())
                .sum();
    }

    /** Redis answers nobody until the time is over. */
    void pauseRedis(Duration time) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), SharedEngines.redis().port())) {
            socket.getOutputStream()
                    .write("CLIENT PAUSE %d ALL\r\n".formatted(time.toMillis()).getBytes(StandardCharsets.US_ASCII));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).isEqualTo("+OK");
        }
    }

    static HolderId somebody() {
        return new HolderId(UUID.randomUUID());
    }

    /** How many were told that they have it. */
    long buyAtOnce(int callers, IntFunction<HoldRequest> request) throws Exception {
        CountDownLatch ready = new CountDownLatch(callers);
        List<Future<HoldResult>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                int caller = i;
                Callable<HoldResult> one = () -> {
                    ready.countDown();
                    ready.await();
                    return instances
                            .get(caller % instances.size())
                            .ledger()
                            .hold(request.apply(caller))
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                };
                answers.add(threads.submit(one));
            }
            long held = 0;
            for (Future<HoldResult> answer : answers) {
                held += answer.get() instanceof HoldResult.Held ? 1 : 0;
            }
            return held;
        }
    }

    @Override
    public void close() {
        instances.forEach(LabLedgers::close);
        pools.forEach(HikariDataSource::close);
    }
}
