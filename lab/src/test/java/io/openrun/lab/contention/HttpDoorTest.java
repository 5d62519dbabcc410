package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.openrun.lab.contention.instance.Acknowledgements;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Task;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A crowd that comes over HTTP keeps the rules of the one inside. */
@Timeout(60)
class HttpDoorTest {

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whoIsToldToComeAgainDoesAndKeepsTheirPlace() throws Exception {
        Share share = visit("BUSY 0", "BUSY 1", "SOLD 2 0 " + UUID.randomUUID() + " 1");

        assertThat(share.sold()).isEqualTo(1);
        assertThat(share.failed()).isZero();
        assertThat(share.comebacks()).isEqualTo(2);
        List<Long> arrivals = new ArrayList<>();
        Acknowledgements.read(told(), one -> arrivals.add(one.arrival()));
        assertThat(arrivals).containsExactly(0L);
    }

    @Test
    void aConnectionThatIsCutIsAFailureOfWhichNobodyKnowsTheOutcome() throws Exception {
        Share share = visit("");

        assertThat(share.failed()).isEqualTo(1);
        assertThat(share.unknown()).isEqualTo(1);
    }

    private Path told() {
        return folder.resolve("told");
    }

    /** One buyer at a server that answers with these lines, one after the other. */
    private Share visit(String... lines) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/purchases/", exchange -> {
            byte[] line = lines[asked.getAndIncrement()].getBytes(StandardCharsets.US_ASCII);
            if (line.length > 0) {
                exchange.sendResponseHeaders(200, line.length);
                exchange.getResponseBody().write(line);
            }
            exchange.close();
        });
        server.start();
        Task task = new Task(
                Workload.SELL_OUT,
                10,
                1,
                1,
                List.of(UUID.randomUUID()),
                0,
                1,
                1,
                Task.Span.from(20_000),
                0,
                told().toString());
        assertThat(task.buyers().count()).as("nobody of this seed comes twice").isEqualTo(1);
        try (HttpCrowd crowd = new HttpCrowd(server.getAddress().getPort(), task)) {
            return crowd.visit(
                            () -> {
                                throw new AssertionError("nothing to watch");
                            },
                            new AtomicLong())
                    .call();
        } finally {
            server.stop(0);
        }
    }
}
