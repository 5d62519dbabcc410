package io.openrun.lab.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A number of the same GET. */
record Gets(int count) implements Requests {

    private static final byte[] BYTES = "GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void encode(int request, ByteBuffer out) {
        out.put(BYTES);
    }
}
