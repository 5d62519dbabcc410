package io.openrun.order.process;

import io.openrun.contracts.Event;
import io.openrun.platform.events.EventCodec;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** The events in Kafka records. One that cannot be read is logged and left out: reading it again would not help. */
@Component
class ReadEvents {

    private static final Logger log = LoggerFactory.getLogger(ReadEvents.class);

    private final EventCodec codec;

    ReadEvents(EventCodec codec) {
        this.codec = codec;
    }

    List<Event> of(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(this::read).flatMap(Optional::stream).toList();
    }

    private Optional<Event> read(ConsumerRecord<String, byte[]> received) {
        try {
            return codec.read(received);
        } catch (JacksonException | IllegalArgumentException unreadable) {
            log.error(
                    "left out an unreadable record: {}-{} at {}",
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    unreadable);
            return Optional.empty();
        }
    }
}
