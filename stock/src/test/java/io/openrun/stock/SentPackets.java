package io.openrun.stock;

import io.openrun.engines.DriverSockets;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what the driver hands to the operating system: each wakes the database. The count is static, as the driver makes
 * the object.
 */
public final class SentPackets extends DriverSockets {

    private static final AtomicInteger SENT = new AtomicInteger();

    /** How often something was sent, over all connections that were made here. */
    static int count() {
        return SENT.get();
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public OutputStream getOutputStream() throws IOException {
                return new FilterOutputStream(super.getOutputStream()) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        SENT.incrementAndGet();
                        out.write(bytes, from, length);
                    }
                };
            }
        };
    }
}
