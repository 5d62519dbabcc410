package io.openrun.order;

import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.OrderEvent.RefundDue;
import io.openrun.contracts.Topics;
import io.openrun.platform.events.EventCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything the service has told the others so far. */
final class Told {

    private final List<OrderEvent> events = new CopyOnWriteArrayList<>();

    private final Set<UUID> ignored = ConcurrentHashMap.newKeySet();

    private final Consumer<OrderEvent> listener;

    /** Hands each event to a listener as well, who may hear it again. */
    Told(String servers, Consumer<OrderEvent> listener) {
        this.listener = listener;
        Thread.ofVirtual().name("told").start(() -> listen(servers));
    }

    private void listen(String servers) {
        var codec = new EventCodec();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", servers,
                        "group.id", "order-tests",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.ORDERS));
            while (true) {
                for (var received : consumer.poll(Duration.ofMillis(200))) {
                    codec.read(received).map(OrderEvent.class::cast).ifPresent(this::add);
                }
            }
        }
    }

    private void add(OrderEvent event) {
        if (!(event instanceof RefundDue refund && ignored.contains(refund.paymentId()))) {
            events.add(event);
            listener.accept(event);
        }
    }

    void ignoreRefundOf(UUID paymentId) {
        ignored.add(paymentId);
    }

    /** About one order, in the order it was told. */
    List<OrderEvent> about(UUID orderId) {
        return events.stream().filter(event -> event.orderId().equals(orderId)).toList();
    }

    /** The kinds of events about one order, in the order they were told. */
    List<String> kinds(UUID orderId) {
        return about(orderId).stream().map(EventCodec::typeOf).toList();
    }
}
