package io.openrun.drop.lane;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other threads found out for the connections of one event loop. A committed batch completes hundreds of
 * purchases at once: the first wakes the loop, the others only add themselves, and the loop writes all of them in one
 * task and flushes each connection once, the first of them before it writes the last.
 */
final class LoopOutbox implements Runnable {

    /** So many connections are read at most while answers wait; in a stampede thousands are ready at once. */
    private static final int MOST_READ_FIRST = 8;

    /** So many connections are written to at most before they are flushed: of a large batch the first won. */
    private static final int MOST_WRITTEN_FIRST = 32;

    private final EventLoop loop;
    private final LaneRoutes routes;
    private final AtomicReference<@Nullable Exchange> newest = new AtomicReference<>();
    private final List<LaneConnection> written = new ArrayList<>();
    private int readSince;

    LoopOutbox(EventLoop loop, LaneRoutes routes) {
        this.loop = loop;
        this.routes = routes;
    }

    /** Hands an exchange over to the loop. From any thread; whatever was written to it before is seen by the loop. */
    void add(Exchange exchange) {
        Exchange before;
        do {
            before = newest.get();
            exchange.next = before;
        } while (!newest.compareAndSet(before, exchange));
        if (before == null) {
            loop.execute(this);
        }
    }

    /**
     * A connection was read. The loop runs its tasks only after it has read every connection that is ready, so answers
     * that wait for that are given here, between two connections.
     */
    void connectionRead() {
        if (++readSince >= MOST_READ_FIRST) {
            run();
        }
    }

    @Override
    public void run() {
        readSince = 0;
        var exchange = inOrder(newest.getAndSet(null));
        while (exchange != null) {
            var following = exchange.next;
            exchange.next = null;
            routes.proceed(exchange);
            if (exchange.answer != null && exchange.connection.answered(exchange)) {
                written.add(exchange.connection);
            }
            if (written.size() == MOST_WRITTEN_FIRST) {
                flush();
            }
            exchange = following;
        }
        flush();
    }

    private void flush() {
        written.forEach(LaneConnection::flush);
        written.clear();
    }

    private static @Nullable Exchange inOrder(@Nullable Exchange newest) {
        Exchange oldest = null;
        var at = newest;
        while (at != null) {
            var before = at.next;
            at.next = oldest;
            oldest = at;
            at = before;
        }
        return oldest;
    }
}
