package io.openrun.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One thread's share of the connections: sends what is due, reads what has come, and allocates nothing while
 * everything goes well. Used by one thread at a time.
 */
final class EventLoop implements AutoCloseable {

    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int SENDS_BETWEEN_READS_MAX = 64;
    private static final long OVERDUE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long SELECT_MILLIS_MAX = 20;

    private final List<Connection> connections;
    private final Selector selector;
    private final Consumer<SelectionKey> ready = this::ready;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] received = new byte[BUFFER_BYTES];
    private final ResponseParser parser = new ResponseParser();
    private final Answer answer = new Answer();
    private final ArrayDeque<Connection> idle;
    private final Connector connector;

    private Run run;
    private Schedule schedule;
    private Answers answers = any -> {};
    private boolean sending;
    private int inFlight;
    private long sent;

    EventLoop(InetSocketAddress target, SourceAddresses sources, List<Connection> connections) throws IOException {
        this.connections = connections;
        this.selector = Selector.open();
        this.idle = new ArrayDeque<>(connections.size());
        this.connector = new Connector(target, sources, selector, connections, idle);
        this.run = Run.nothing();
        this.schedule = new Schedule(run, connections.size());
    }

    /** Opens every connection, a few at a time so that the server's backlog is not overrun. */
    int connect(long deadlineNanos) throws IOException {
        connector.begin();
        while (System.nanoTime() < deadlineNanos && connector.opensMore()) {
            connector.openClosed(System.nanoTime());
            selector.select(ready, SELECT_MILLIS_MAX);
        }
        return (int) connections.stream().filter(Connection::open).count();
    }

    /** Runs until everything sent has its answer and nothing more is to be sent. */
    void run(Run newRun, Schedule newSchedule, Answers newAnswers) throws IOException {
        begin(newRun, newSchedule, newAnswers);
        long stopSendingNanos = run.startNanos() + run.sendFor().toNanos();
        long nextOverdueCheck = System.nanoTime() + OVERDUE_CHECK_NANOS;
        while (true) {
            long now = System.nanoTime();
            sending = sending && now < stopSendingNanos;
            connector.openClosed(now);
            if (sending) {
                sendDue(now);
            }
            if (inFlight == 0 && (!sending || nothingLeft())) {
                return;
            }
            if (now > nextOverdueCheck) {
                cutOverdue(now);
                nextOverdueCheck = now + OVERDUE_CHECK_NANOS;
            }
            awaitReady();
        }
    }

    long sent() {
        return sent;
    }

    long reconnects() {
        return connector.reconnects();
    }

    @Override
    public void close() throws IOException {
        connections.forEach(Connection::close);
        selector.close();
    }

    private void begin(Run newRun, Schedule newSchedule, Answers newAnswers) {
        run = newRun;
        schedule = newSchedule;
        answers = newAnswers;
        sending = true;
        inFlight = 0;
        sent = 0;
        connector.begin();
        idle.clear();
        for (Connection connection : connections) {
            connection.pinnedSent = 0;
            if (connection.idle()) {
                idle.add(connection);
            }
        }
    }

    private boolean nothingLeft() {
        return idle.isEmpty() && !connector.opensMore();
    }

    /** Reads between a few sends, so that a burst's early answers are not timed late. */
    private void sendDue(long now) {
        for (int i = 0; i < SENDS_BETWEEN_READS_MAX; i++) {
            Connection connection = idle.poll();
            if (connection == null || !sendNext(connection, now)) {
                return;
            }
        }
    }

    /** False when nothing is due yet on any connection. */
    private boolean sendNext(Connection connection, long now) {
        if (!connection.idle()) {
            return true;
        }
        int request = schedule.take(connection, now);
        if (request == Schedule.NOT_YET) {
            idle.addFirst(connection);
            return false;
        }
        if (request == Schedule.NO_MORE) {
            return true;
        }
        connection.request = request;
        connection.sentNanos = System.nanoTime();
        connection.intendedNanos = schedule.intendedNanos(request, connection.sentNanos);
        inFlight++;
        sent++;
        try {
            out.clear();
            run.requests().encode(request, out);
            connection.send(out.flip());
        } catch (IOException e) {
            cut(connection);
        }
        return true;
    }

    private void awaitReady() throws IOException {
        long waitNanos = TimeUnit.MILLISECONDS.toNanos(SELECT_MILLIS_MAX);
        if (sending && !idle.isEmpty()) {
            waitNanos = Math.min(waitNanos, schedule.nextDueNanos() - System.nanoTime());
        }
        if (waitNanos >= TimeUnit.MILLISECONDS.toNanos(1)) {
            selector.select(ready, TimeUnit.NANOSECONDS.toMillis(waitNanos));
        } else {
            if (waitNanos > 0) {
                LockSupport.parkNanos(Math.min(waitNanos, NAP_NANOS));
            }
            selector.selectNow(ready);
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isConnectable()) {
                connector.finish(connection, key);
                return;
            }
            if (key.isWritable()) {
                connection.sendRest();
            }
            if (key.isReadable()) {
                read(connection);
            }
        } catch (IOException e) {
            cut(connection);
        }
    }

    private void read(Connection connection) throws IOException {
        in.clear();
        int length = connection.channel().read(in);
        if (length < 0) {
            cut(connection);
            return;
        }
        in.get(0, received, 0, length);
        byte[] bytes = received;
        if (connection.hasPartial()) {
            connection.keep(received, 0, length);
            bytes = connection.partial();
            length = connection.partialLength();
        }
        int end = parser.parse(bytes, 0, length);
        if (end == ResponseParser.INCOMPLETE) {
            if (!connection.hasPartial()) {
                connection.keep(received, 0, length);
            }
        } else if (end == ResponseParser.MALFORMED || connection.request == Connection.NONE) {
            cut(connection);
        } else {
            answered(connection, bytes, end == length && !parser.closes());
        }
    }

    private void answered(Connection connection, byte[] bytes, boolean keepAlive) {
        long now = System.nanoTime();
        inFlight--;
        answers.answered(answer.arrived(connection, now, parser, bytes));
        connection.request = Connection.NONE;
        connection.forgetPartial();
        if (!keepAlive) {
            connector.reopen(connection);
        } else if (!sending || !idle.isEmpty()) {
            idle.add(connection);
        } else {
            sendNext(connection, now);
        }
    }

    private void cutOverdue(long now) {
        long bound = run.answerWithin().toNanos();
        for (Connection connection : connections) {
            if (connection.request != Connection.NONE && now - connection.sentNanos > bound) {
                cut(connection);
            }
        }
    }

    private void cut(Connection connection) {
        if (connection.request != Connection.NONE) {
            inFlight--;
            answers.answered(answer.cut(connection, System.nanoTime()));
            connection.request = Connection.NONE;
        }
        connector.reopen(connection);
    }
}
