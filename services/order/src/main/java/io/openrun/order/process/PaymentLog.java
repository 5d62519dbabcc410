package io.openrun.order.process;

import io.openrun.contracts.PaymentEvent;
import io.openrun.contracts.PaymentEvent.PaymentFailed;
import io.openrun.contracts.PaymentEvent.PaymentRefunded;
import io.openrun.contracts.PaymentEvent.PaymentSucceeded;
import io.openrun.contracts.Topics;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Reads what happened to payments and drives the {@link OrderProcess} with it: in order per order, up to
 * {@value #MAX_ORDERS_AT_ONCE} orders side by side, because each asks the drop about its hold. When one of them fails
 * the whole batch is read again, which repeats steps but not effects.
 */
@Component
class PaymentLog {

    static final int MAX_ORDERS_AT_ONCE = 8;

    private static final Logger log = LoggerFactory.getLogger(PaymentLog.class);

    private final OrderProcess process;
    private final ReadEvents events;

    PaymentLog(OrderProcess process, ReadEvents events) {
        this.process = process;
        this.events = events;
    }

    @KafkaListener(topics = Topics.PAYMENTS, groupId = "order.payment-log", containerFactory = OrderListeners.FACTORY)
    void read(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var byOrder = events.of(records).stream()
                .filter(PaymentEvent.class::isInstance)
                .map(PaymentEvent.class::cast)
                .filter(PaymentLog::isComplete)
                .collect(Collectors.groupingBy(PaymentEvent::orderId));
        try (var workers = Executors.newFixedThreadPool(
                MAX_ORDERS_AT_ONCE, Thread.ofVirtual().name("payment-log-", 0).factory())) {
            List<? extends Future<?>> steps = byOrder.values().stream()
                    .map(ofOneOrder -> workers.submit(() -> ofOneOrder.forEach(this::handle)))
                    .toList();
            for (var step : steps) {
                finish(step);
            }
        }
    }

    private static boolean isComplete(PaymentEvent event) {
        if (event.orderId() == null || event.paymentId() == null || event.userId() == null) {
            log.error("left out an event that does not say whose payment of what it is about: {}", event);
            return false;
        }
        return true;
    }

    private void handle(PaymentEvent event) {
        switch (event) {
            case PaymentSucceeded succeeded -> process.paymentSucceeded(succeeded);
            case PaymentFailed failed -> process.paymentFailed(failed);
            case PaymentRefunded _ -> {
                // The order asked for it and has nothing left to do.
            }
        }
    }

    private static void finish(Future<?> step) throws InterruptedException {
        try {
            step.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
