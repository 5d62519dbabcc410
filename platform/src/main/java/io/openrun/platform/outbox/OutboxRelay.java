package io.openrun.platform.outbox;

import io.openrun.platform.events.EventCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a schema's outbox to Kafka: at least once, in order per key. On any number of instances one relay works at a
 * time, because it holds the schema's advisory lock on its connection; when that connection dies, another takes over.
 *
 * <p>A row is deleted after Kafka has acknowledged it, so a crash between the two sends it again: consumers are
 * idempotent.
 */
final class OutboxRelay {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final int MAX_BATCH = 500;
    private static final long POLL_MILLIS = 200;
    private static final long SEND_TIMEOUT_MILLIS = 30_000;
    private static final long PAUSE_AFTER_ERROR_MILLIS = 1_000;

    private final DataSource dataSource;
    private final Producer<String, byte[]> producer;
    private final EventCodec codec;
    private final String schema;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = Thread.currentThread();

    OutboxRelay(DataSource dataSource, Producer<String, byte[]> producer, EventCodec codec, String schema) {
        this.dataSource = dataSource;
        this.producer = producer;
        this.codec = codec;
        this.schema = schema;
    }

    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    void start() {
        running = true;
        thread = Thread.ofVirtual().name("outbox-" + schema).start(this::run);
    }

    void stop() {
        running = false;
        wake();
        try {
            thread.join(SEND_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try (var connection = dataSource.getConnection()) {
                connection.setAutoCommit(true);
                relayWhileLeader(connection);
            } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
                if (running) {
                    log.warn("outbox {} waits: {}", schema, e.toString());
                    pause(PAUSE_AFTER_ERROR_MILLIS);
                }
            }
        }
    }

    private void relayWhileLeader(Connection connection) throws SQLException, ExecutionException, TimeoutException {
        if (!becomeLeader(connection)) {
            pause(PAUSE_AFTER_ERROR_MILLIS);
            return;
        }
        try {
            while (running) {
                if (relayBatch(connection) < MAX_BATCH) {
                    pause(POLL_MILLIS);
                }
            }
        } finally {
            stepDown(connection);
        }
    }

    /** Sends the oldest rows and returns how many. */
    private int relayBatch(Connection connection) throws SQLException, ExecutionException, TimeoutException {
        List<Long> ids = new ArrayList<>();
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        try (var oldest = connection.prepareStatement(
                "SELECT id, topic, key, type, body FROM %s.outbox ORDER BY id LIMIT %d".formatted(schema, MAX_BATCH))) {
            try (var row = oldest.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    sends.add(producer.send(
                            codec.toRecord(row.getString(2), row.getString(3), row.getString(4), row.getBytes(5))));
                }
            }
        }
        for (var send : sends) {
            awaitSent(send);
        }
        if (!ids.isEmpty()) {
            try (var sent = connection.prepareStatement("DELETE FROM %s.outbox WHERE id = ANY (?)".formatted(schema))) {
                sent.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                sent.executeUpdate();
            }
        }
        return ids.size();
    }

    private static void awaitSent(Future<RecordMetadata> send) throws ExecutionException, TimeoutException {
        try {
            send.get(SEND_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while sending");
        }
    }

    private boolean becomeLeader(Connection connection) throws SQLException {
        return lockCall(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))");
    }

    private void stepDown(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            lockCall(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))");
        }
    }

    private boolean lockCall(Connection connection, String sql) throws SQLException {
        try (var call = connection.prepareStatement(sql)) {
            call.setString(1, "outbox:" + schema);
            try (var row = call.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void pause(long millis) {
        try {
            if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
