package io.openrun.drop;

import io.openrun.contracts.DropEvent;
import io.openrun.contracts.Topics;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.events.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that was published about drops, in order. */
final class EventLog implements AutoCloseable {

    private final EventCodec codec = new EventCodec();
    private final List<DropEvent> read = new ArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;

    EventLog() {
        this(SharedEngines.kafka().servers());
    }

    EventLog(String servers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The drop's events up to now. */
    List<DropEvent> of(UUID drop) {
        var partitions = consumer.partitionsFor(Topics.DROPS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return List.of();
        }
        if (consumer.assignment().isEmpty()) {
            consumer.assign(partitions);
        }
        for (var records = consumer.poll(Duration.ofMillis(300));
                !records.isEmpty();
                records = consumer.poll(Duration.ofMillis(100))) {
            records.forEach(one -> codec.read(one).ifPresent(event -> read.add((DropEvent) event)));
        }
        return read.stream().filter(event -> event.dropId().equals(drop)).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
