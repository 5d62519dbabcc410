package io.openrun.lab.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A small blocking HTTP server that answers, stalls or cuts as the test says; one virtual thread a connection. */
final class StubbornServer implements AutoCloseable {

    /** Answer with this to cut the connection instead. */
    static final String CUT = "";

    private final ServerSocket socket;
    private final IntFunction<String> behaviour;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /** The behaviour gets the number of the request, from 0, and returns the bytes to send. */
    StubbornServer(IntFunction<String> behaviour) throws IOException {
        this.behaviour = behaviour;
        socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    static String ok(String body) {
        return answer("201 Created", body);
    }

    static String answer(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            InputStream in = new BufferedInputStream(accepted.getInputStream());
            while (skipRequest(in)) {
                String answer = behaviour.apply(requests.getAndIncrement());
                if (answer.equals(CUT)) {
                    return;
                }
                accepted.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    /** Requests of these tests have no body: the head ends with an empty line. */
    private static boolean skipRequest(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return true;
    }
}
