package io.openrun.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Opens one loop's connections, and opens again those that were closed: a few at a time, and in one run at most three
 * times as often as there are connections. Used by the loop's thread.
 */
final class Connector {

    private static final int CONNECTS_PENDING_MAX = 64;
    private static final int CONNECTS_PER_CONNECTION_MAX = 3;
    private static final long CONNECT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final InetSocketAddress target;
    private final SourceAddresses sources;
    private final Selector selector;
    private final Queue<Connection> closed;
    private final Queue<Connection> opened;
    private final int connectsMax;

    private int connecting;
    private int connectsLeft;
    private int reconnects;

    /**
     * A connector of connections that are all closed.
     *
     * @param opened takes every connection that stands
     */
    Connector(
            InetSocketAddress target,
            SourceAddresses sources,
            Selector selector,
            List<Connection> connections,
            Queue<Connection> opened) {
        this.target = target;
        this.sources = sources;
        this.selector = selector;
        this.closed = new ArrayDeque<>(connections);
        this.opened = opened;
        this.connectsMax = CONNECTS_PER_CONNECTION_MAX * connections.size();
    }

    /** Begins to count anew; whatever is closed may be opened at once. */
    void begin() {
        connectsLeft = connectsMax;
        reconnects = 0;
        for (Connection connection : closed) {
            connection.reconnectAtNanos = 0;
        }
    }

    /** Whether a connection is about to stand, or a closed one may still be opened. */
    boolean opensMore() {
        return connecting > 0 || (!closed.isEmpty() && connectsLeft > 0);
    }

    /** How many connections were closed to be opened again. */
    int reconnects() {
        return reconnects;
    }

    /** Begins to open what is due, as long as not too many are being opened. */
    void openClosed(long now) {
        while (connecting < CONNECTS_PENDING_MAX && connectsLeft > 0) {
            Connection next = closed.peek();
            if (next == null || next.reconnectAtNanos > now) {
                return;
            }
            start(closed.remove());
        }
    }

    private void start(Connection connection) {
        connectsLeft--;
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            // The connection's from here on, which closes it whatever fails below.
            connection.opened(channel.register(selector, SelectionKey.OP_CONNECT, connection));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            sources.bind(channel, connection.number);
            boolean stands = channel.connect(target);
            connecting++;
            if (stands) {
                finish(connection, channel.keyFor(selector));
            }
        } catch (IOException e) {
            reopen(connection, CONNECT_AGAIN_NANOS);
        }
    }

    /** Takes a connection into use of which the kernel says that it stands, or could not be made to. */
    void finish(Connection connection, SelectionKey key) {
        connecting--;
        try {
            ((SocketChannel) key.channel()).finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            opened.add(connection);
        } catch (IOException e) {
            reopen(connection, CONNECT_AGAIN_NANOS);
        }
    }

    /** Closes a connection and opens it again as soon as it may be. */
    void reopen(Connection connection) {
        reopen(connection, 0);
    }

    private void reopen(Connection connection, long delayNanos) {
        connection.close();
        connection.reconnectAtNanos = System.nanoTime() + delayNanos;
        closed.add(connection);
        reconnects++;
    }
}
