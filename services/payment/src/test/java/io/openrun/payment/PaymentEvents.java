package io.openrun.payment;

import io.openrun.contracts.PaymentEvent;
import io.openrun.contracts.Topics;
import io.openrun.platform.events.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything ever published on the payments topic, read by one thread of this test JVM. */
final class PaymentEvents {

    private static final List<PaymentEvent> SEEN = new CopyOnWriteArrayList<>();
    private static boolean listening;

    private PaymentEvents() {}

    static List<PaymentEvent> ofOrder(String servers, UUID orderId) {
        listenOnce(servers);
        List<PaymentEvent> events = new ArrayList<>(SEEN);
        events.removeIf(event -> !event.orderId().equals(orderId));
        return events;
    }

    private static synchronized void listenOnce(String servers) {
        if (!listening) {
            listening = true;
            Thread.ofVirtual().name("payment-events").start(() -> listen(servers));
        }
    }

    private static void listen(String servers) {
        var codec = new EventCodec();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "test-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        "500"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.PAYMENTS));
            while (true) {
                consumer.poll(Duration.ofMillis(200)).forEach(received -> codec.read(received)
                        .map(PaymentEvent.class::cast)
                        .ifPresent(SEEN::add));
            }
        }
    }
}
