package io.openrun.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection and the one request that may be under way on it. */
final class Connection {

    /** No request is under way. */
    static final int NONE = -1;

    /** The connection's number among all of the client; its pinned requests follow from it. */
    final int number;

    int request = NONE;
    long intendedNanos;
    long sentNanos;
    int pinnedSent;
    long reconnectAtNanos;

    private @Nullable SelectionKey key;
    private byte[] partial = new byte[0];
    private int partialLength;
    private @Nullable ByteBuffer unsent;

    Connection(int number) {
        this.number = number;
    }

    boolean open() {
        return key != null && key.isValid();
    }

    void opened(SelectionKey newKey) {
        key = newKey;
        partialLength = 0;
        unsent = null;
    }

    boolean idle() {
        return request == NONE && open() && unsent == null;
    }

    SocketChannel channel() {
        if (key == null) {
            throw new IllegalStateException("not connected");
        }
        return (SocketChannel) key.channel();
    }

    /** Closes the socket, whatever is under way. */
    void close() {
        if (key != null) {
            try {
                key.channel().close();
            } catch (IOException e) {
                // The socket is gone either way.
            }
            key = null;
        }
        partialLength = 0;
        unsent = null;
    }

    /** Hands the bytes to the kernel; what it does not take follows when it can. */
    void send(ByteBuffer out) throws IOException {
        SelectionKey current = key;
        if (current == null) {
            throw new IllegalStateException("not connected");
        }
        channel().write(out);
        if (out.hasRemaining()) {
            ByteBuffer rest = ByteBuffer.allocate(out.remaining());
            rest.put(out).flip();
            unsent = rest;
            current.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Sends what is left of a request the kernel did not take at once. */
    void sendRest() throws IOException {
        ByteBuffer rest = unsent;
        SelectionKey current = key;
        if (rest == null || current == null) {
            return;
        }
        channel().write(rest);
        if (!rest.hasRemaining()) {
            unsent = null;
            current.interestOps(SelectionKey.OP_READ);
        }
    }

    boolean hasPartial() {
        return partialLength > 0;
    }

    /** Keeps the beginning of an answer until more of it arrives. */
    void keep(byte[] bytes, int from, int to) throws IOException {
        int length = to - from;
        if (partialLength + length > EventLoop.ANSWER_BYTES_MAX) {
            throw new IOException("answer larger than " + EventLoop.ANSWER_BYTES_MAX + " bytes");
        }
        if (partialLength + length > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(partialLength + length, 2 * partial.length));
        }
        System.arraycopy(bytes, from, partial, partialLength, length);
        partialLength += length;
    }

    byte[] partial() {
        return partial;
    }

    int partialLength() {
        return partialLength;
    }

    void forgetPartial() {
        partialLength = 0;
    }
}
