package io.openrun.platform.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Connections are for those who need one: in a crowd nobody keeps theirs after the answer. */
@TestPropertySource(properties = "server.tomcat.max-connections=8")
class CrowdedConnectionsTest extends TwoServicesShop {

    private final List<Visitor> visitors = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (var visitor : visitors) {
            visitor.close();
        }
    }

    /** Tomcat may count one more, which it is about to accept. */
    @Test
    void closesAConnectionAfterItsAnswerWhileMoreThanThreeInFourAreOpen() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(come().ask("/api/v1/things")).as("visitor %d", i).doesNotContain("Connection: close");
        }
        var service = come();
        var another = come();
        var third = come();
        for (var one : List.of(service, another, third)) {
            assertThat(one.ask("/internal/things")).doesNotContain("Connection: close");
        }

        assertThat(visitors.get(0).ask("/page")).contains("Connection: close");
        assertThat(visitors.get(1).ask("/api/v1/things")).contains("Connection: close");
        another.close();
        third.close();

        await().untilAsserted(() -> assertThat(come().ask("/api/v1/things")).doesNotContain("Connection: close"));
        assertThat(service.ask("/internal/things")).doesNotContain("Connection: close");
    }

    private Visitor come() throws IOException {
        var visitor = new Visitor(new Socket(InetAddress.getLoopbackAddress(), port));
        visitors.add(visitor);
        return visitor;
    }

    private record Visitor(Socket socket, BufferedReader answers) implements Closeable {

        Visitor(Socket socket) throws IOException {
            this(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        }

        /** The head of the answer to a HEAD, which has no body. */
        List<String> ask(String path) throws IOException {
            socket.getOutputStream()
                    .write("HEAD %s HTTP/1.1\r\nHost: shop\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            List<String> head = new ArrayList<>();
            for (var line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
                head.add(line);
            }
            assertThat(head).isNotEmpty();
            return head;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
