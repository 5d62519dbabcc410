package io.openrun.order.process;

import io.openrun.contracts.DropEvent.StockExpired;
import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.Topics;
import io.openrun.order.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Reads the drops' hold logs and drives the {@link OrderProcess} with them, up to {@value #MAX_RECORDS} records at a
 * time. It yields to the sale that writes the log: after a batch it rests as long as the batch took, so it takes at
 * most half of a core, and the busier the machine is the larger its next batch becomes.
 */
@Component
class HoldLog {

    static final int MAX_RECORDS = 2_000;
    private static final long MAX_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

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
            properties = "max.poll.records=" + MAX_RECORDS)
    void read(List<ConsumerRecord<String, byte[]>> records) {
        long start = System.nanoTime();
        var held = new ArrayList<Placement>(records.size());
        var expired = new ArrayList<StockExpired>();
        for (var event : events.of(records)) {
            switch (event) {
                case StockHeld hold -> placement(hold, held);
                case StockExpired end -> expired.add(end);
                default -> log.debug("{} concerns somebody else", event);
            }
        }
        // All orders of the batch are there before any of them ends.
        process.stockHeld(held);
        if (!expired.isEmpty()) {
            process.stockExpired(expired);
        }
        LockSupport.parkNanos(Math.min(System.nanoTime() - start, MAX_REST_NANOS));
    }

    private static void placement(StockHeld held, List<Placement> placements) {
        try {
            placements.add(Placement.of(held));
        } catch (IllegalArgumentException | ArithmeticException | NullPointerException impossible) {
            log.error("left out a hold that is no purchase: {}", held, impossible);
        }
    }
}
