package io.openrun.lab.contention.instance;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.Receipt.Taken;
import io.openrun.lab.strategies.LabLedgers;
import io.openrun.stock.StockSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An order of several stocks in one transaction, each row locked by {@code SELECT … FOR UPDATE} when its turn comes.
 * In the order of the request, two orders can wait for each other, and the database ends one of them; in one order for
 * all, they cannot.
 */
final class OneTransactionTill implements Till {

    private static final Logger log = LoggerFactory.getLogger(OneTransactionTill.class);

    /** The database looks for a deadlock only after a second: who has been its victim this often gives up. */
    private static final int ATTEMPTS_MAX = 3;

    private static final long BACKOFF_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String DEADLOCK = "40P01";
    private static final String GIVEN_UP = "57014";

    /** Longer than the database takes to see a deadlock, short enough for a buyer. */
    private static final int LOCK_WAIT_SECONDS = 2;

    private static final String LOCK = """
            SELECT remaining, per_holder_limit FROM {schema}.stock WHERE id = ? FOR UPDATE
            """;

    /** The row is locked, so what was read is still true. */
    private static final String TAKE = """
            WITH taken AS (
                UPDATE {schema}.stock
                   SET remaining = remaining - ?, held = held + ?, last_sequence = last_sequence + 1,
                       version = version + 1,
                       first_expiry = coalesce(first_expiry, clock_timestamp() + hold_millis * interval '1 millisecond')
                 WHERE id = ?
             RETURNING id, last_sequence, hold_millis)
            INSERT INTO {schema}.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                       holder_limit, status)
            SELECT ?, id, ?, last_sequence, clock_timestamp(),
                   clock_timestamp() + hold_millis * interval '1 millisecond', ?, 1, NULL, NULL, 0
              FROM taken
            RETURNING sequence
            """;

    private final DataSource dataSource;
    private final List<UUID> stocks;
    private final long overAtMillis;
    private final boolean sorted;
    private final Counter retries;
    private final Counter lockTimeouts;
    private final String lock;
    private final String take;
    private final ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor();

    OneTransactionTill(DataSource dataSource, StockSchema schema, MeterRegistry meters, Task task, boolean sorted) {
        this.dataSource = dataSource;
        this.stocks = task.stocks();
        this.overAtMillis = task.startsAtMillis() + task.span().millis();
        this.sorted = sorted;
        this.retries = meters.counter(LabLedgers.RETRIES);
        this.lockTimeouts = meters.counter(LabLedgers.LOCK_TIMEOUTS);
        this.lock = schema.sql(LOCK);
        this.take = schema.sql(TAKE);
    }

    @Override
    public void sell(Purchase purchase, Consumer<Receipt> buyer) {
        clerks.execute(() -> buyer.accept(sell(purchase)));
    }

    @Override
    public int sweep() {
        return 0;
    }

    @Override
    public void close() {
        clerks.close();
    }

    /** The victim of a deadlock has done nothing and starts again, unless the shop has closed. */
    private Receipt sell(Purchase purchase) {
        for (int attempt = 1; attempt <= ATTEMPTS_MAX && System.currentTimeMillis() < overAtMillis; attempt++) {
            try {
                return inOneTransaction(purchase);
            } catch (SQLException e) {
                if (GIVEN_UP.equals(e.getSQLState())) {
                    lockTimeouts.increment();
                    return Receipt.of(Outcome.BUSY);
                }
                if (!DEADLOCK.equals(e.getSQLState())) {
                    log.warn("an order failed", e);
                    return Receipt.of(Outcome.FAILED);
                }
                retries.increment();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(BACKOFF_NANOS_MAX) + 1);
            }
        }
        return Receipt.of(Outcome.BUSY);
    }

    private Receipt inOneTransaction(Purchase purchase) throws SQLException {
        int[] order = purchase.stocks().clone();
        if (sorted) {
            Arrays.sort(order);
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            List<Taken> taken = new ArrayList<>();
            for (int stock : order) {
                Taken one = take(connection, purchase, stock);
                if (one == null) {
                    connection.rollback();
                    return Receipt.of(Outcome.SOLD_OUT);
                }
                taken.add(one);
            }
            connection.commit();
            return new Receipt(Outcome.SOLD, taken);
        }
    }

    private @Nullable Taken take(Connection connection, Purchase purchase, int stock) throws SQLException {
        UUID id = stocks.get(stock);
        try (PreparedStatement select = connection.prepareStatement(lock)) {
            select.setQueryTimeout(LOCK_WAIT_SECONDS);
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getLong("remaining") < purchase.quantity()) {
                    return null;
                }
            }
        }
        UUID hold = UuidCreator.getTimeOrderedEpoch();
        try (PreparedStatement insert = connection.prepareStatement(take)) {
            insert.setInt(1, purchase.quantity());
            insert.setInt(2, purchase.quantity());
            insert.setObject(3, id);
            insert.setObject(4, hold);
            insert.setObject(5, purchase.buyer().value());
            insert.setInt(6, purchase.quantity());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new Taken(stock, hold, row.getLong("sequence"));
            }
        }
    }
}
