package io.openrun.lab.contention.instance;

import io.openrun.engines.DriverSockets;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how often one of the driver's sockets turns from writing to reading: each turn is a round trip to the database.
 * The count is static, as the driver makes the object.
 */
public final class RoundTrips extends DriverSockets {

    private static final LongAdder TURNS = new LongAdder();

    /** How often something was asked of the database, over all connections of this process. */
    public static long count() {
        return TURNS.sum();
    }

    @Override
    public Socket createSocket() {
        return new CountingSocket();
    }

    private static final class CountingSocket extends Socket {
        private volatile boolean wrote;

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int b) throws IOException {
                    wrote = true;
                    out.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    wrote = true;
                    out.write(bytes, from, length);
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    turn();
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    turn();
                    return in.read(bytes, from, length);
                }
            };
        }

        private void turn() {
            if (wrote) {
                wrote = false;
                TURNS.increment();
            }
        }
    }
}
