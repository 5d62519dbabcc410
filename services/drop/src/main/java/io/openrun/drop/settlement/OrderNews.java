package io.openrun.drop.settlement;

import io.openrun.contracts.OrderEvent.OrderCancelled;
import io.openrun.contracts.Topics;
import io.openrun.platform.events.EventCodec;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Hears what became of orders. A cancelled one gives its hold back; a paid one has been confirmed before
 * ({@link ConfirmHold}) and an expired one has run out here first, so there is nothing to do for them, nor for one that
 * was cancelled because its drop was called off.
 */
@Component
class OrderNews {

    private static final Logger log = LoggerFactory.getLogger(OrderNews.class);

    private final EventCodec codec;
    private final ReleaseHolds releaseHolds;

    OrderNews(EventCodec codec, ReleaseHolds releaseHolds) {
        this.codec = codec;
        this.releaseHolds = releaseHolds;
    }

    @KafkaListener(id = "drop-settlement", topics = Topics.ORDERS, containerFactory = OrderNewsConfiguration.LISTENERS)
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        var cancellations = records.stream()
                .map(this::cancellation)
                .flatMap(Optional::stream)
                .toList();
        if (!cancellations.isEmpty() && !releaseHolds.release(cancellations)) {
            throw new IllegalStateException("the engine is busy; the same cancellations will be read again");
        }
    }

    private Optional<OrderCancelled> cancellation(ConsumerRecord<String, byte[]> received) {
        try {
            return codec.read(received).filter(OrderCancelled.class::isInstance).map(OrderCancelled.class::cast);
        } catch (JacksonException unreadable) {
            log.error(
                    "skipping an unreadable record at {}-{} offset {}",
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    unreadable);
            return Optional.empty();
        }
    }
}
