package io.openrun.order.process;

import io.openrun.contracts.DropEvent.StockExpired;
import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.DropEvent.StockReleased;
import io.openrun.contracts.Topics;
import io.openrun.order.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Reads the drops' hold logs and drives the {@link OrderProcess} with them, up to {@value #MAX_RECORDS} records at a
 * time: what has come while a batch was written is the next one. That a sale has the machine first is the relay's
 * business, which then sends little.
 */
@Component
class HoldLog {

    static final int MAX_RECORDS = 5_000;

    /** About what so many records take, or Kafka would hand them out in smaller parts. */
    static final int MAX_BYTES = 1_000 * MAX_RECORDS;

    private static final Logger log = LoggerFactory.getLogger(HoldLog.class);

    private final OrderProcess process;
    private final ReadEvents events;

    HoldLog(OrderProcess process, ReadEvents events) {
        this.process = process;
        this.events = events;
    }

    @KafkaListener(
            topics = Topics.DROPS,
            groupId = "order.hold-log",
            containerFactory = OrderListeners.FACTORY,
            properties = {"max.poll.records=" + MAX_RECORDS, "max.partition.fetch.bytes=" + MAX_BYTES})
    void read(List<ConsumerRecord<String, byte[]>> records) {
        var held = new ArrayList<Placement>(records.size());
        var expired = new ArrayList<StockExpired>();
        var released = new ArrayList<StockReleased>();
        for (var event : events.of(records)) {
            switch (event) {
                case StockHeld hold -> placement(hold, held);
                case StockExpired end -> expired.add(end);
                case StockReleased end -> released.add(end);
                default -> log.debug("{} concerns somebody else", event);
            }
        }
        // All orders of the batch are there before any of them ends.
        process.stockHeld(held);
        if (!expired.isEmpty()) {
            process.stockExpired(expired);
        }
        if (!released.isEmpty()) {
            process.stockReleased(released);
        }
    }

    private static void placement(StockHeld held, List<Placement> placements) {
        try {
            placements.add(Placement.of(held));
        } catch (IllegalArgumentException | ArithmeticException | NullPointerException impossible) {
            log.error("left out a hold that is no purchase: {}", held, impossible);
        }
    }
}
