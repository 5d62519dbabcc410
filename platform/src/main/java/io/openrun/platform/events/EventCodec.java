package io.openrun.platform.events;

import io.openrun.contracts.DropEvent;
import io.openrun.contracts.Event;
import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.PaymentEvent;
import io.openrun.contracts.SessionEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as Kafka records and reads them back: JSON in the value, the event's name in the header {@code type}. */
public final class EventCodec {

    private static final String TYPE = "type";

    private static final Map<String, Class<? extends Event>> TYPES = Stream.of(
                    DropEvent.class, OrderEvent.class, PaymentEvent.class, SessionEvent.class)
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .map(EventCodec::eventClass)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    private final JsonMapper json;

    /** Unknown members are ignored, so that a newer publisher may say more. */
    public EventCodec() {
        this.json = JsonMapper.builder()
                .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static Class<? extends Event> eventClass(Class<?> type) {
        return type.asSubclass(Event.class);
    }

    /** The event's name on the wire. */
    public static String typeOf(Event event) {
        return event.getClass().getSimpleName();
    }

    /** The event's body on the wire. */
    public byte[] write(Event event) {
        return json.writeValueAsBytes(event);
    }

    /** A record ready to be sent. */
    public ProducerRecord<String, byte[]> toRecord(String topic, Event event) {
        return toRecord(topic, event.key(), typeOf(event), write(event));
    }

    /** A record ready to be sent, from its stored parts. */
    public ProducerRecord<String, byte[]> toRecord(String topic, String key, String type, byte[] body) {
        var sent = new ProducerRecord<>(topic, key, body);
        sent.headers().add(TYPE, type.getBytes(StandardCharsets.UTF_8));
        return sent;
    }

    /** The event in a record, or empty for a kind this version does not know. */
    public Optional<Event> read(ConsumerRecord<String, byte[]> received) {
        var header = received.headers().lastHeader(TYPE);
        if (header == null) {
            return Optional.empty();
        }
        var type = TYPES.get(new String(header.value(), StandardCharsets.UTF_8));
        return type == null ? Optional.empty() : Optional.of(json.readValue(received.value(), type));
    }
}
