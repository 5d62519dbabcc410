package io.openrun.drop.lane;

import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The connections of one event loop. */
final class LaneLoop {

    private static final long SWEEP_MILLIS = 250;

    private final EventLoop loop;
    private final LoopOutbox outbox;
    private final AtomicInteger allConnections;
    private final int maxConnections;
    private final Set<LaneConnection> connections = new HashSet<>();
    private final Future<?> sweeping;

    LaneLoop(EventLoop loop, LaneRoutes routes, AtomicInteger allConnections, int maxConnections) {
        this.loop = loop;
        this.outbox = new LoopOutbox(loop, routes);
        this.allConnections = allConnections;
        this.maxConnections = maxConnections;
        this.sweeping = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    LoopOutbox outbox() {
        return outbox;
    }

    /** Lets a connection in, or not when there are too many. */
    boolean opened(LaneConnection connection) {
        connections.add(connection);
        return allConnections.incrementAndGet() <= maxConnections;
    }

    void closed(LaneConnection connection) {
        if (connections.remove(connection)) {
            allConnections.decrementAndGet();
        }
    }

    /** Does something with every connection, on the loop. */
    void forEach(Consumer<LaneConnection> action) {
        loop.execute(() -> List.copyOf(connections).forEach(action));
    }

    void stopSweeping() {
        sweeping.cancel(false);
    }

    private void sweep() {
        long now = System.nanoTime();
        for (var connection : List.copyOf(connections)) {
            connection.cutIfSlow(now);
        }
    }
}
