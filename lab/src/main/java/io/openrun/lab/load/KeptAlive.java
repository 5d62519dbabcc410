package io.openrun.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** One HTTP/1.1 connection for somebody who asks, waits for the answer and asks again; for one thread at a time. */
public final class KeptAlive implements AutoCloseable {

    private static final int BUFFER_BYTES = 4 * 1024;

    private final Socket socket = new Socket();
    private final ResponseParser parser = new ResponseParser();
    private byte[] buffer = new byte[BUFFER_BYTES];

    /**
     * Connects.
     *
     * @param answerWithin who has no answer after this long gets a {@link SocketTimeoutException}
     */
    public KeptAlive(InetSocketAddress server, Duration answerWithin) throws IOException {
        int millis = Math.toIntExact(answerWithin.toMillis());
        try {
            socket.connect(server, millis);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(millis);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends the request and returns the answer's body; after an exception the connection is of no use any more. */
    public String ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int length = 0;
        while (true) {
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * length);
            }
            int more = socket.getInputStream().read(buffer, length, buffer.length - length);
            if (more < 0) {
                throw new IOException("the connection was cut");
            }
            length += more;
            int end = parser.parse(buffer, 0, length);
            if (end == ResponseParser.MALFORMED) {
                throw new IOException("the answer is not HTTP");
            }
            if (end != ResponseParser.INCOMPLETE) {
                return new String(
                        buffer, parser.bodyFrom(), parser.bodyTo() - parser.bodyFrom(), StandardCharsets.UTF_8);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
