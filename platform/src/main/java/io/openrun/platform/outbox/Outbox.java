package io.openrun.platform.outbox;

import io.openrun.contracts.Event;
import io.openrun.platform.events.EventCodec;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service puts an event in the same transaction as the change it tells of. A relay sends it on to Kafka.
 *
 * <p>Order per key holds when the writer has locked the key's row (a guarded update, say) before it calls
 * {@link #publish}: then the ids of one key are handed out in commit order.
 *
 * <p>The service's schema needs the table of {@code classpath:db/outbox}.
 */
public final class Outbox {

    private final JdbcTemplate jdbc;
    private final EventCodec codec;
    private final String insert;
    private final Runnable wake;

    Outbox(JdbcTemplate jdbc, EventCodec codec, String schema, Runnable wake) {
        this.jdbc = jdbc;
        this.codec = codec;
        this.wake = wake;
        this.insert = "INSERT INTO %s.outbox (topic, key, type, body) VALUES (?, ?, ?, ?)".formatted(schema);
    }

    /** Adds an event to the current transaction. */
    public void publish(String topic, Event event) {
        publish(topic, List.of(event));
    }

    /** Adds events to the current transaction, in this order. */
    public void publish(String topic, Collection<? extends Event> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an event leaves only inside the transaction of its change");
        }
        jdbc.batchUpdate(
                insert,
                events.stream()
                        .map(e -> new Object[] {topic, e.key(), EventCodec.typeOf(e), codec.write(e)})
                        .toList());
        TransactionSynchronizationManager.registerSynchronization(
                new org.springframework.transaction.support.TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        wake.run();
                    }
                });
    }
}
