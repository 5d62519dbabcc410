package io.openrun.payment.paying;

import io.openrun.contracts.Event;
import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.Topics;
import io.openrun.platform.chores.Rounds;
import io.openrun.platform.events.EventCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;

/**
 * Hears from the orders: open payments of orders that ended expire, and money that may not stay is noted as owed. A
 * whole batch is one transaction, and hearing it again changes nothing.
 */
@Component
class OrdersListener {

    private static final Logger log = LoggerFactory.getLogger(OrdersListener.class);

    private final EventCodec codec;
    private final Payments payments;
    private final Rounds attendant;
    private final TransactionOperations transaction;

    OrdersListener(
            EventCodec codec,
            Payments payments,
            @Qualifier(Attendant.NAME) Rounds attendant,
            TransactionOperations transaction) {
        this.codec = codec;
        this.payments = payments;
        this.attendant = attendant;
        this.transaction = transaction;
    }

    @KafkaListener(
            id = "payment.orders",
            topics = Topics.ORDERS,
            batch = "true",
            containerPostProcessor = "paymentListenerKeepsTrying")
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        Set<UUID> ended = new HashSet<>();
        List<OrderEvent.RefundDue> owed = new ArrayList<>();
        for (var received : records) {
            switch (read(received)) {
                case OrderEvent.OrderCancelled cancelled -> ended.add(cancelled.orderId());
                case OrderEvent.OrderExpired expired -> ended.add(expired.orderId());
                case OrderEvent.RefundDue due -> owed.add(due);
                case null, default -> {}
            }
        }
        if (ended.isEmpty() && owed.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            if (!ended.isEmpty()) {
                payments.expireOpenOf(ended.toArray(UUID[]::new));
            }
            owed.forEach(due -> payments.oweRefund(due.paymentId(), due.orderId(), due.reason()));
        });
        if (!owed.isEmpty()) {
            attendant.wake();
        }
    }

    private @Nullable Event read(ConsumerRecord<String, byte[]> received) {
        try {
            return codec.read(received).orElse(null);
        } catch (JacksonException e) {
            log.error(
                    "record {} of partition {} of {} is no event and is skipped",
                    received.offset(),
                    received.partition(),
                    received.topic(),
                    e);
            return null;
        }
    }
}
