package io.openrun.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.PaymentEvent.PaymentSucceeded;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.events.EventCodec;
import io.openrun.platform.schema.ServiceSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxTest {

    private final EventCodec codec = new EventCodec();
    private final String topic = "outbox-test-" + UUID.randomUUID();
    private PGSimpleDataSource dataSource;
    private JdbcTemplate jdbc;
    private TransactionTemplate transaction;
    private ServiceSchema schema;
    private Producer<String, byte[]> producer;
    private final List<Outboxes> started = new ArrayList<>();

    @BeforeEach
    void schema() {
        dataSource = new PGSimpleDataSource();
        dataSource.setUrl(SharedEngines.newDatabase());
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        schema = ServiceSchema.migrate(dataSource, "shop", List.of("classpath:db/outbox"));
        jdbc.execute("create table shop.counter (key text primary key, n int not null)");
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedEngines.kafka().servers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        started.forEach(Outboxes::stop);
        producer.close(Duration.ofSeconds(5));
    }

    @Test
    void sendsNothingThatWasRolledBackAndEverythingThatWasCommitted() {
        var outbox = outboxWithRelay();

        transaction.executeWithoutResult(status -> {
            outbox.publish(topic, event("a", 1));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> outbox.publish(topic, event("a", 2)));

        await().until(() -> outboxRows() == 0);
        assertThat(received(1)).containsExactly(Map.entry("a", 2L));
    }

    @Test
    void refusesAnEventOutsideATransaction() {
        var outbox = outboxWithRelay();

        assertThatThrownBy(() -> outbox.publish(topic, event("a", 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsTheOrderOfEachKeyUnderConcurrentWritersAndTwoRelays() throws InterruptedException {
        var one = outboxWithRelay();
        var two = outboxWithRelay();
        int keys = 5;
        int perKey = 60;

        try (var callers = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < keys * perKey; i++) {
                var key = "k" + i % keys;
                var outbox = i % 2 == 0 ? one : two;
                callers.execute(() -> transaction.executeWithoutResult(status -> {
                    var n = jdbc.queryForObject("""
                            insert into shop.counter values (?, 1)
                            on conflict (key) do update set n = counter.n + 1 returning n""", Long.class, key);
                    outbox.publish(topic, event(key, n));
                }));
            }
        }
        await().until(() -> outboxRows() == 0);

        var last = new HashMap<String, Long>();
        var received = received(keys * perKey);
        for (var event : received) {
            assertThat(event.getValue()).isEqualTo(last.getOrDefault(event.getKey(), 0L) + 1);
            last.put(event.getKey(), event.getValue());
        }
        assertThat(received).hasSize(keys * perKey);
    }

    @Test
    void sendsAgainWhatWasSentButNotMarkedWhenARelayDied() {
        var unsent = new Outboxes(dataSource, producer, codec).of(schema);
        transaction.executeWithoutResult(status -> unsent.publish(topic, List.of(event("a", 1), event("a", 2))));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        jdbc.query("select topic, key, type, body from shop.outbox order by id", row -> {
            sent.add(producer.send(
                    codec.toRecord(row.getString(1), row.getString(2), row.getString(3), row.getBytes(4))));
        });
        producer.flush();
        assertThat(sent).hasSize(2).allMatch(Future::isDone);

        outboxWithRelay();

        await().until(() -> outboxRows() == 0);
        assertThat(received(4)).extracting(Map.Entry::getValue).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void waitsForADatabaseThatDroppedItsConnection() {
        var outbox = outboxWithRelay();
        transaction.executeWithoutResult(status -> outbox.publish(topic, event("a", 1)));
        await().until(() -> outboxRows() == 0);

        jdbc.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
                row -> {});
        transaction.executeWithoutResult(status -> outbox.publish(topic, event("a", 2)));

        await().until(() -> outboxRows() == 0);
        assertThat(received(2)).extracting(Map.Entry::getValue).containsExactly(1L, 2L);
    }

    @Test
    void goesOnAfterAFaultThatNobodyExpected() {
        var asked = new AtomicInteger();
        var faulty = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (asked.getAndIncrement() == 0) {
                    throw new IllegalStateException("unexpected");
                }
                return dataSource.getConnection();
            }
        };

        var outbox = outboxWithRelay(faulty);
        transaction.executeWithoutResult(status -> outbox.publish(topic, event("a", 1)));

        await().until(() -> outboxRows() == 0);
        assertThat(received(1)).extracting(Map.Entry::getValue).containsExactly(1L);
    }

    private Outbox outboxWithRelay() {
        return outboxWithRelay(dataSource);
    }

    private Outbox outboxWithRelay(DataSource dataSource) {
        var outboxes = new Outboxes(dataSource, producer, codec);
        var outbox = outboxes.of(schema);
        outboxes.start();
        started.add(outboxes);
        return outbox;
    }

    private int outboxRows() {
        return jdbc.queryForObject("select count(*) from shop.outbox", Integer.class);
    }

    /** Orders stand for keys here: the event's key is its order id, its amount the number. */
    private PaymentSucceeded event(String key, long n) {
        var order = UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        names.put(order, key);
        return new PaymentSucceeded(UUID.randomUUID(), order, UUID.randomUUID(), n, Instant.EPOCH);
    }

    private final Map<UUID, String> names = new java.util.concurrent.ConcurrentHashMap<>();

    private List<Map.Entry<String, Long>> received(int atLeast) {
        var events = new ArrayList<Map.Entry<String, Long>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", SharedEngines.kafka().servers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    var event = (PaymentSucceeded) codec.read(record).orElseThrow();
                    events.add(Map.entry(names.get(event.orderId()), event.amount()));
                }
                return events.size() >= atLeast;
            });
        }
        return events;
    }
}
