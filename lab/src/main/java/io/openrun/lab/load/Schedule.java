package io.openrun.lab.load;

import java.util.concurrent.atomic.AtomicInteger;

/** Hands out the numbers of the requests of one run to the event loops, when they are due. */
final class Schedule {

    /** Nothing to send on this connection now, perhaps later. */
    static final int NOT_YET = -1;

    /** Nothing to send on this connection in this run. */
    static final int NO_MORE = -2;

    private final Run run;
    private final int connections;
    private final int count;
    private final boolean closedLoop;
    private final AtomicInteger next = new AtomicInteger();

    Schedule(Run run, int connections) {
        this.run = run;
        this.connections = connections;
        this.count = run.requests().count();
        this.closedLoop = run.pace() instanceof Pace.ClosedLoop;
    }

    int take(Connection connection, long nowNanos) {
        if (run.pinned()) {
            long request = connection.number + (long) connection.pinnedSent * connections;
            if (request >= count) {
                return NO_MORE;
            }
            if (dueNanos((int) request) > nowNanos) {
                return NOT_YET;
            }
            connection.pinnedSent++;
            return (int) request;
        }
        while (true) {
            int request = next.get();
            if (request >= count) {
                return NO_MORE;
            }
            if (dueNanos(request) > nowNanos) {
                return NOT_YET;
            }
            if (next.compareAndSet(request, request + 1)) {
                return request;
            }
        }
    }

    /** When a request counts as intended: its due time, or now in a closed loop. */
    long intendedNanos(int request, long nowNanos) {
        return closedLoop ? nowNanos : dueNanos(request);
    }

    /** When the next unpinned request is due, far away when there is none. */
    long nextDueNanos() {
        if (run.pinned()) {
            return run.startNanos();
        }
        int request = next.get();
        return request >= count ? Long.MAX_VALUE : dueNanos(request);
    }

    private long dueNanos(int request) {
        return closedLoop ? run.startNanos() : run.pace().intendedNanos(run.startNanos(), request);
    }
}
