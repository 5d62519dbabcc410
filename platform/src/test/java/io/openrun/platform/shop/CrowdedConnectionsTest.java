package io.openrun.platform.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.FreePort;
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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Connections are for those who need one: in a crowd nobody keeps theirs after the answer. */
@TestPropertySource(properties = {"server.tomcat.max-connections=8", "server.tomcat.connection-timeout=4s"})
class CrowdedConnectionsTest extends TwoServicesShop {

    private static final int MAX_CONNECTIONS = 8;
    private static final int INNER_PORT = FreePort.any();

    private final List<Visitor> visitors = new ArrayList<>();

    @DynamicPropertySource
    static void innerDoor(DynamicPropertyRegistry registry) {
        registry.add("OPENRUN_INNER_PORT", () -> INNER_PORT);
    }

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

    @Test
    void whatServicesAskEachOtherDoesNotWaitBehindACrowd() throws IOException {
        for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
            come();
        }

        assertThat(come(INNER_PORT).ask("/internal/things")).doesNotContain("Connection: close");
        assertThat(come(INNER_PORT).ask("/api/v1/things").getFirst()).startsWith("HTTP/1.1 200");
    }

    /** Tomcat would wait another four seconds for what is left. */
    @Test
    void givesUpOnABodyThatDoesNotComeAndOnItsConnection() throws IOException {
        var slow = come();
        slow.say("POST /orders HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");

        assertThat(slow.head()).contains("Connection: close").first().asString().startsWith("HTTP/1.1 408");
        slow.socket().setSoTimeout(3_000);
        assertThat(slow.answers().readAllAsString()).contains("\"code\":\"REQUEST_TOO_SLOW\"");
    }

    private Visitor come() throws IOException {
        return come(port);
    }

    private Visitor come(int door) throws IOException {
        var visitor = new Visitor(new Socket(InetAddress.getLoopbackAddress(), door));
        visitors.add(visitor);
        return visitor;
    }

    private record Visitor(Socket socket, BufferedReader answers) implements Closeable {

        Visitor(Socket socket) throws IOException {
            this(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        }

        /** The head of the answer to a HEAD, which has no body. */
        List<String> ask(String path) throws IOException {
            say("HEAD %s HTTP/1.1\r\nHost: shop\r\n\r\n".formatted(path));
            return head();
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        List<String> head() throws IOException {
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
