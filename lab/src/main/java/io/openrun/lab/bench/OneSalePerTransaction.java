package io.openrun.lab.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openrun.lab.load.Latency;
import io.openrun.stock.StockSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;

/**
 * The baseline of bar C: 32 clients sell the same stock without HTTP, each sale one statement, one round trip
 * and one durable commit, in the engine's own tables with all their constraints.
 *
 * <p>Tuned as carefully as ours: a connection per client that is never given back, prepared once on the server,
 * auto-commit so that taking the row, writing the hold and committing are one round trip.
 */
final class OneSalePerTransaction implements Contender, AutoCloseable {

    static final int CLIENTS = 32;

    private static final String SCHEMA = "bench";
    private static final Duration RAMP = Duration.ofSeconds(1);
    private static final long QUANTITY = 10_000_000;

    private static final String SELL = """
            WITH taken AS (
                UPDATE bench.stock
                   SET remaining = remaining - 1, held = held + 1,
                       last_sequence = last_sequence + 1, version = version + 1
                 WHERE id = ? AND remaining >= 1
             RETURNING last_sequence)
            INSERT INTO bench.hold (id, stock_id, holder, sequence, held_at, expires_at,
                                    quantity, unit, slot, holder_limit, status)
            SELECT ?, ?, ?, last_sequence, clock_timestamp(), clock_timestamp() + interval '1 day', 1, 1, 1, 1, 0
              FROM taken""";

    private static final String OPEN = """
            INSERT INTO bench.stock (id, quantity, remaining, per_holder_limit, hold_millis)
            VALUES (?, ?, ?, 1, 86400000)""";

    private final long postgresPid;
    private final HoldBooks books;
    private final HikariDataSource pool;

    OneSalePerTransaction(String jdbcUrl, long postgresPid) {
        this.postgresPid = postgresPid;
        this.books = new HoldBooks(jdbcUrl, SCHEMA);
        Flyway.configure()
                .dataSource(jdbcUrl, null, null)
                .schemas(SCHEMA)
                .locations(StockSchema.MIGRATIONS)
                .load()
                .migrate();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(CLIENTS);
        config.addDataSourceProperty("prepareThreshold", "1");
        pool = new HikariDataSource(config);
    }

    @Override
    public Sample run(Duration measured) throws SQLException, InterruptedException {
        UUID stock = open();
        books.checkpoint();
        long from = System.nanoTime() + RAMP.toNanos();
        long to = from + measured.toNanos();
        Machine machine = Machine.watch(Map.of("database", postgresPid));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(stock, from, to));
        }
        runAll(clients);
        String usage = machine.usage();
        long sold = clients.stream().mapToLong(c -> c.sold).sum();
        long counted = clients.stream().mapToLong(c -> c.latency.count()).sum();
        Latency latency = new Latency();
        clients.forEach(c -> latency.add(c.latency));
        return new Sample(
                counted / (measured.toNanos() / 1e9),
                sold,
                0,
                0,
                Map.of(),
                latency.percentileMillis(50),
                latency.percentileMillis(99),
                usage,
                List.of(),
                books.faults(List.of(stock), sold, 0));
    }

    @Override
    public void close() {
        pool.close();
    }

    private UUID open() throws SQLException {
        UUID stock = UuidCreator.getTimeOrderedEpoch();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setObject(1, stock);
            statement.setLong(2, QUANTITY);
            statement.setLong(3, QUANTITY);
            statement.executeUpdate();
        }
        return stock;
    }

    private static void runAll(List<Client> clients) throws SQLException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Void> end : threads.invokeAll(clients)) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException("a client of the one-sale-per-transaction baseline failed", e);
        }
    }

    private final class Client implements Callable<Void> {
        private final UUID stock;
        private final long fromNanos;
        private final long toNanos;
        private final Latency latency = new Latency();
        private long sold;

        Client(UUID stock, long fromNanos, long toNanos) {
            this.stock = stock;
            this.fromNanos = fromNanos;
            this.toNanos = toNanos;
        }

        @Override
        public Void call() throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement sell = connection.prepareStatement(SELL)) {
                sell.setObject(1, stock);
                sell.setObject(3, stock);
                for (long sent = System.nanoTime(); sent < toNanos; sent = System.nanoTime()) {
                    sell.setObject(2, UuidCreator.getTimeOrderedEpoch());
                    sell.setObject(4, UUID.randomUUID());
                    sold += sell.executeUpdate();
                    long answered = System.nanoTime();
                    if (answered >= fromNanos && answered < toNanos) {
                        latency.recordMicros((answered - sent) / 1_000);
                    }
                }
            }
            return null;
        }
    }
}
