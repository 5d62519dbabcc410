package io.openrun.platform.outbox;

import io.openrun.platform.events.EventCodec;
import io.openrun.platform.schema.ServiceSchema;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes each service's {@link Outbox} and runs its relay. */
public final class Outboxes implements SmartLifecycle {

    private final DataSource dataSource;
    private final Producer<String, byte[]> producer;
    private final EventCodec codec;
    private final List<OutboxRelay> relays = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /** Relays over one producer. */
    public Outboxes(DataSource dataSource, Producer<String, byte[]> producer, EventCodec codec) {
        this.dataSource = dataSource;
        this.producer = producer;
        this.codec = codec;
    }

    /** The outbox of a schema; its relay starts with the application. */
    public Outbox of(ServiceSchema schema) {
        var relay = new OutboxRelay(dataSource, producer, codec, schema.name());
        relays.add(relay);
        return new Outbox(new JdbcTemplate(dataSource), codec, schema.name(), relay::wake);
    }

    @Override
    public void start() {
        running = true;
        relays.forEach(OutboxRelay::start);
    }

    @Override
    public void stop() {
        relays.forEach(OutboxRelay::stop);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
