package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.openrun.drop.lane.FastLane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow, huge, broken and hurried clients do not hold the lane. */
class LaneTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.open(
                "openrun.drop.lane.request-timeout=700ms",
                "openrun.drop.lane.idle-timeout=3s",
                "openrun.drop.lane.max-connections=600");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        var drop = shop.openDrop(100, 100);
        var token = Tokens.shopper();
        var requests = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            requests.append(RawClient.purchase(drop, token, "{\"quantity\":1}", "X-Request-Id: r" + i + "\r\n"));
            requests.append("GET /health HTTP/1.1\r\nHost: lane\r\nX-Request-Id: h" + i + "\r\n\r\n");
        }
        try (var client = new RawClient(shop.lanePort())) {
            client.send(requests.toString());
            for (int i = 0; i < 60; i++) {
                var bought = client.answer();
                assertThat(bought.status()).isEqualTo(201);
                assertThat(bought.headers()).containsEntry("x-request-id", "r" + i);
                assertThat(client.answer().headers()).containsEntry("x-request-id", "h" + i);
            }
        }
        assertThat(shop.audit(drop).get("held").longValue()).isEqualTo(60);
    }

    /** Far more than the lane reads at once, while the stock's row is somebody else's for longer than a request may take. */
    @Test
    void keepsAHurriedClientForWhomItIsTooSlowItself() throws Exception {
        var drop = shop.openDrop(100, 100);
        var token = Tokens.shopper();
        var requests = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            requests.append(RawClient.purchase(drop, token, "{\"quantity\":1}", "X: " + "x".repeat(2_000) + "\r\n"));
        }
        try (var client = new RawClient(shop.lanePort())) {
            try (var _ = shop.lockedStock(drop)) {
                client.send(requests.toString());
                await().until(shop::somebodyWaitsForALock);
                try (var dribbling = new RawClient(shop.lanePort())) {
                    dribbling.send("POST /api/v1/dr");
                    assertThat(dribbling.isClosed())
                            .as("who began later and is slow is cut by now")
                            .isTrue();
                }
            }
            for (int i = 0; i < 40; i++) {
                assertThat(client.answer().status()).isEqualTo(201);
            }
        }
        assertThat(shop.audit(drop).get("held").longValue()).isEqualTo(40);
    }

    @Test
    void beginsNothingAfterARequestThatAsksToClose() throws IOException {
        var drop = shop.openDrop(10, 10);
        var token = Tokens.shopper();
        try (var client = new RawClient(shop.lanePort())) {
            client.send(RawClient.purchase(drop, token, "{\"quantity\":1}", "Connection: close\r\n")
                    + RawClient.purchase(drop, token, "{\"quantity\":1}"));
            assertThat(client.answer().headers()).containsEntry("connection", "close");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(shop.audit(drop).get("held").longValue()).isEqualTo(1);
    }

    @Test
    void cutsClientsThatDribble() throws IOException {
        try (var headers = new RawClient(shop.lanePort());
                var body = new RawClient(shop.lanePort())) {
            headers.send("POST /api/v1/drops/x/purchases HTTP/1.1\r\nHost: la");
            body.send(RawClient.purchase(UUID.randomUUID(), "x", "{\"quantity\":1}")
                    .replace("1}", ""));
            long start = System.nanoTime();
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        try {
                            body.send(" ");
                            headers.send("n");
                            return false;
                        } catch (IOException cut) {
                            return true;
                        }
                    });
            assertThat(headers.isClosed()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void closesIdleConnections() throws IOException {
        try (var client = new RawClient(shop.lanePort())) {
            client.send("GET /health HTTP/1.1\r\nHost: lane\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void servesOthersWhileHundredsOfSlowClientsHang() throws Exception {
        var drop = shop.openDrop(200, 1);
        var hanging = new ArrayList<RawClient>();
        for (int i = 0; i < 300; i++) {
            hanging.add(new RawClient(shop.lanePort()).send("POST /api/v1/dr"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> shop.buy(drop, Tokens.shopper(), 1)))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
            }
        }
        for (var client : hanging) {
            assertThat(client.isClosed()).isTrue();
            client.close();
        }
    }

    @Test
    void refusesMoreConnectionsThanItsBound() throws IOException {
        var open = new ArrayList<RawClient>();
        try {
            boolean refused = false;
            for (int i = 0; i < 700 && !refused; i++) {
                var client = new RawClient(shop.lanePort());
                open.add(client);
                try {
                    refused = client.send("GET /health HTTP/1.1\r\nHost: lane\r\n\r\n")
                                    .answer()
                                    .status()
                            != 200;
                } catch (IOException closed) {
                    refused = true;
                }
            }
            assertThat(refused).isTrue();
            assertThat(open).hasSizeGreaterThan(500);
        } finally {
            for (var client : open) {
                client.close();
            }
        }
        await().untilAsserted(() -> assertThat(connections()).isLessThan(100));
    }

    @Test
    void refusesHugeBodiesAndSaysSo() throws IOException {
        var drop = shop.openDrop(10, 10);
        var megabyte = "{\"quantity\":1" + " ".repeat(1 << 20) + "}";
        try (var told = new RawClient(shop.lanePort());
                var chunked = new RawClient(shop.lanePort())) {
            told.send(RawClient.purchase(drop, Tokens.shopper(), megabyte));
            assertThat(told.answer().status()).isEqualTo(413);
            assertThat(told.isClosed()).isTrue();
            chunked.send("POST /api/v1/drops/" + drop + "/purchases HTTP/1.1\r\nHost: lane\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n100000\r\n" + megabyte.substring(0, 0x100000)
                    + "\r\n0\r\n\r\n");
            assertThat(chunked.answer().status()).isEqualTo(413);
        }
        assertThat(shop.audit(drop).get("held").longValue()).isZero();
    }

    @Test
    void refusesHugeHeadersAndAddresses() throws IOException {
        try (var headers = new RawClient(shop.lanePort());
                var address = new RawClient(shop.lanePort())) {
            headers.send("GET /health HTTP/1.1\r\nHost: lane\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(headers.answer().status()).isEqualTo(431);
            address.send("GET /" + "x".repeat(4_000) + " HTTP/1.1\r\nHost: lane\r\n\r\n");
            assertThat(address.answer().status()).isEqualTo(414);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "GET /health\r\n\r\n",
                "POST /api/v1/drops/x/purchases HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "POST /api/v1/drops/x/purchases HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/drops/x/purchases HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /health HTTP/1.1\r\nbroken header\r\n\r\n",
            })
    void survivesGarbage(String garbage) throws IOException {
        try (var client = new RawClient(shop.lanePort())) {
            client.send(garbage);
            assertThat(client.answer().status()).isBetween(400, 499);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void hasOneEffectForAKeyWhoseConnectionsWereCut() throws IOException {
        var drop = shop.openDrop(100, 10);
        var token = Tokens.shopper();
        for (int i = 0; i < 5; i++) {
            try (var client = new RawClient(shop.lanePort())) {
                client.send(RawClient.purchase(drop, token, "{\"quantity\":1}", "Idempotency-Key: cut\r\n"));
            }
        }
        await().untilAsserted(() -> assertThat(shop.sequences(drop)).isNotEmpty());

        var answer = shop.buy(drop, token, 1, "Idempotency-Key", "cut");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(shop.audit(drop).get("held").longValue()).isEqualTo(1);
    }

    @Test
    void answersWhatIsUnderWayBeforeItStops() throws Exception {
        try (var second = shop.another("openrun.drop.lane.drain-linger=5s")) {
            var drop = shop.openDrop(100, 1);
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 50; i++) {
                clients.add(new RawClient(second.lanePort()));
            }
            int port = second.lanePort();
            var stopping = new CompletableFuture<Void>();
            try (var _ = shop.lockedStock(drop)) {
                for (var client : clients) {
                    client.send(RawClient.purchase(drop, Tokens.shopper(), "{\"quantity\":1}"));
                }
                await().until(shop::somebodyWaitsForALock);
                stopping = CompletableFuture.runAsync(second.bean(FastLane.class)::stop);
                await().until(() -> isRefused(port));
            }
            stopping.get(60, TimeUnit.SECONDS);

            List<Integer> statuses = new ArrayList<>();
            for (var client : clients) {
                statuses.add(client.answer().status());
                client.close();
            }
            assertThat(statuses).containsOnly(201);
            assertThat(shop.sequences(drop)).hasSize(50);
            assertThat(isRefused(port)).isTrue();
        }
    }

    private static boolean isRefused(int port) {
        try (var client = new RawClient(port)) {
            return client.isClosed();
        } catch (IOException refused) {
            return true;
        }
    }

    private static double connections() {
        return shop.bean(MeterRegistry.class)
                .get("openrun.drop.lane.connections")
                .gauge()
                .value();
    }
}
