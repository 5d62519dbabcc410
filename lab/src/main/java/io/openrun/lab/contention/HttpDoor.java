package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Door;
import io.openrun.lab.contention.instance.Purchase;
import io.openrun.lab.contention.instance.Receipt;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.ReceiptLine;
import io.openrun.lab.load.KeptAlive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The door of an instance that sells over HTTP: a connection for each buyer who is inside. */
final class HttpDoor implements Door, AutoCloseable {

    /** Shorter than the laboratory's own patience. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(25);

    private static final int NO_PLACE = -1;

    private final InetSocketAddress server;
    private final Queue<KeptAlive> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    /** Connects so many in advance. */
    HttpDoor(int port, int clients) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < clients; i++) {
            idle.add(new KeptAlive(server, ANSWER_WITHIN));
        }
    }

    @Override
    public void enter(Purchase purchase, Visitor visitor) {
        callers.execute(() -> {
            String line = answer(purchase.number());
            if (line.isEmpty()) {
                visitor.told(Receipt.of(Outcome.FAILED), NO_PLACE);
            } else {
                visitor.told(ReceiptLine.read(line), ReceiptLine.arrival(line));
            }
        });
    }

    /** Empty if there was none. A connection that broke is not used again; the next request makes one of its own. */
    private String answer(int number) {
        byte[] request = "POST /purchases/%d HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                .replace("%d", Integer.toString(number))
                .getBytes(StandardCharsets.US_ASCII);
        @Nullable KeptAlive connection = idle.poll();
        try {
            if (connection == null) {
                connection = new KeptAlive(server, ANSWER_WITHIN);
            }
            String line = connection.ask(request);
            idle.add(connection);
            return line;
        } catch (IOException e) {
            close(connection);
            return "";
        }
    }

    private static void close(@Nullable KeptAlive connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // It is of no use in any case.
            return;
        }
    }

    @Override
    public void close() {
        callers.shutdownNow();
        idle.forEach(HttpDoor::close);
    }
}
