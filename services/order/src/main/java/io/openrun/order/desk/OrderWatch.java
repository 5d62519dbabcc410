package io.openrun.order.desk;

import io.openrun.order.book.Order;
import io.openrun.order.book.OrderStatus;
import io.openrun.order.book.Orders;
import io.openrun.order.book.OrdersChanged;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.security.Revocations;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams of status changes. One thread looks at all watched orders in one query: at once when this process changed
 * an order, and every {@link WatchSettings#poll} for what other instances changed. So the cost does not depend on the
 * number of watchers. An order keeps its changes, so a watcher is told each of them, however short it lasted.
 *
 * <p>A stream ends with the session it was opened in, within one poll of hearing of it.
 *
 * <p>At most {@link WatchSettings#maxWatchers} streams are open, and {@link WatchSettings#maxPerShopper} of one
 * shopper.
 */
@Component
class OrderWatch implements SmartLifecycle {

    /** The version of an order that is not made yet. */
    static final int NOT_YET = -1;

    private static final Logger log = LoggerFactory.getLogger(OrderWatch.class);
    private static final long MIN_PAUSE_MILLIS = 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Orders orders;
    private final WatchSettings settings;
    private final Revocations revocations;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;

    OrderWatch(Orders orders, WatchSettings settings, Revocations revocations) {
        this.orders = orders;
        this.settings = settings;
        this.revocations = revocations;
        this.places = new Semaphore(settings.maxWatchers());
    }

    /** Opens a stream that tells the order's status now and later. */
    SseEmitter open(Caller caller, UUID orderId, OrderStatus status, int version) {
        var userId = caller.userId();
        if (watchers.stream()
                        .filter(watcher -> watcher.caller.userId().equals(userId))
                        .count()
                >= settings.maxPerShopper()) {
            throw Problem.busy(429, RETRY_AFTER).asException();
        }
        if (!running || !places.tryAcquire()) {
            throw Problem.busy(503, RETRY_AFTER).asException();
        }
        var watcher =
                new Watcher(caller, orderId, new SseEmitter(settings.maxAge().toMillis()));
        watcher.stream.onCompletion(() -> closed(watcher));
        watcher.stream.onTimeout(watcher.stream::complete);
        watcher.tell(status, version);
        if (!status.isEnd()) {
            watchers.add(watcher);
        } else {
            places.release();
        }
        wake();
        return watcher.stream;
    }

    /** How many streams are open. */
    int open() {
        return watchers.size();
    }

    private void closed(Watcher watcher) {
        if (watchers.remove(watcher)) {
            places.release();
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(OrdersChanged event) {
        wake();
    }

    private void wake() {
        if (!watchers.isEmpty() && woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void run() {
        long lastHeartbeat = System.nanoTime();
        while (running) {
            try {
                TimeUnit.MILLISECONDS.sleep(MIN_PAUSE_MILLIS);
                woken.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
                leaveThoseWhoseSessionEnded();
                look();
                if (System.nanoTime() - lastHeartbeat > settings.heartbeat().toNanos()) {
                    watchers.forEach(Watcher::heartbeat);
                    lastHeartbeat = System.nanoTime();
                }
            } catch (InterruptedException e) {
                return;
            } catch (DataAccessException | TransactionException e) {
                log.warn("watchers wait for the database: {}", e.toString());
            }
        }
    }

    private void leaveThoseWhoseSessionEnded() {
        for (var watcher : watchers) {
            if (revocations.covers(watcher.caller)) {
                watcher.leave();
            }
        }
    }

    private void look() {
        if (watchers.isEmpty()) {
            return;
        }
        var watched =
                watchers.stream().map(watcher -> watcher.orderId).distinct().toArray(UUID[]::new);
        var now = orders.in(watched).stream().collect(Collectors.toMap(Order::id, order -> order));
        for (var watcher : watchers) {
            var order = now.get(watcher.orderId);
            if (order != null) {
                watcher.tell(order);
            }
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("order-watch").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        watchers.forEach(watcher -> watcher.stream.complete());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** One status on the wire. */
    record StatusEvent(UUID id, OrderStatus status) {}

    private static final class Watcher {

        private final Caller caller;
        private final UUID orderId;
        private final SseEmitter stream;
        private int told;
        private boolean over;

        Watcher(Caller caller, UUID orderId, SseEmitter stream) {
            this.caller = caller;
            this.orderId = orderId;
            this.stream = stream;
        }

        /** Tells every change since what was told last. */
        synchronized void tell(Order order) {
            while (told < order.version() && !over) {
                tell(order.statusAfter(told + 1), told + 1);
            }
        }

        synchronized void tell(OrderStatus status, int version) {
            told = version;
            over = status.isEnd();
            send(SseEmitter.event()
                    .name("status")
                    .id(Integer.toString(version))
                    .data(new StatusEvent(orderId, status)));
            if (over) {
                stream.complete();
            }
        }

        /** Tells nothing more. */
        synchronized void leave() {
            over = true;
            stream.complete();
        }

        void heartbeat() {
            send(SseEmitter.event().comment("still here"));
        }

        private void send(SseEmitter.SseEventBuilder event) {
            try {
                stream.send(event);
            } catch (IOException | IllegalStateException gone) {
                log.debug("a watcher of order {} has gone", orderId);
                stream.completeWithError(gone);
            }
        }
    }
}
