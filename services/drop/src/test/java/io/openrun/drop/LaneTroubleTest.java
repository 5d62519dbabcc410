package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.SessionEvent.AllSessionsRevoked;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.security.Revocations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lane says when it cannot serve, and whom it no longer serves. */
class LaneTroubleTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.open(
                "openrun.drop.lane.write-timeout=300ms",
                "openrun.drop.lane.request-timeout=60s",
                "spring.datasource.hikari.connection-timeout=3000",
                "openrun.drop.connection-timeout=3s");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void saysBusyOnBothPortsWhileADropCannotBeLookedUpAndSellsAfterwards() {
        var drop = shop.openDrop(10, 10);
        var token = Tokens.shopper();
        shop.database().sql("ALTER TABLE drops.drop RENAME TO drop_away").update();
        try {
            for (var answer : List.of(buyOn("lane", drop, token), buyOn("web", drop, token))) {
                assertThat(code(answer)).isEqualTo("429 BUSY");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                assertThat(json(answer).path("retryAfterMs").longValue()).isPositive();
            }
            assertThat(code(shop.get(shop.lane("/api/v1/drops/" + drop), null))).isEqualTo("503 BUSY");
        } finally {
            shop.database().sql("ALTER TABLE drops.drop_away RENAME TO drop").update();
        }

        assertThat(buyOn("lane", drop, token).statusCode()).isEqualTo(201);
        assertThat(buyOn("web", drop, token).statusCode()).isEqualTo(201);
        assertThat(shop.audit(drop).path("held").longValue()).isEqualTo(2);
    }

    @Test
    void saysBusyOnBothPortsWhileTheDatabaseIsAwayAndServesAfterwards() throws Exception {
        var drop = shop.openDrop(10, 10);
        var token = Tokens.shopper();
        var order = json(shop.buy(drop, token, 1)).path("orderId").stringValue();
        var mine = "/api/v1/drops/" + drop + "/purchases/mine";
        var hold = "/internal/holds/" + order;
        var key = SharedEngines.secrets().serviceKey();
        try (var _ = shop.databaseAway()) {
            assertThat(code(shop.get(shop.lane(mine), token))).isEqualTo("503 BUSY");
            assertThat(code(shop.get(shop.web(mine), token))).isEqualTo("503 BUSY");
            assertThat(code(shop.get(shop.web(hold), null, "X-Service-Key", key)))
                    .isEqualTo("503 BUSY");
            assertThat(code(shop.get(shop.web("/api/v1/drops/" + drop + "/audit"), Tokens.admin())))
                    .isEqualTo("503 BUSY");
            assertThat(buyOn("lane", drop, token).statusCode()).isIn(429, 503);
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (var port : List.of(shop.lane(mine), shop.web(mine))) {
                assertThat(json(shop.get(port, token)).path("items")).hasSize(1);
            }
        });
        assertThat(buyOn("lane", drop, token).statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> buyOn(String port, UUID drop, String token) {
        var path = "/api/v1/drops/" + drop + "/purchases";
        return shop.post(port.equals("lane") ? shop.lane(path) : shop.web(path), token, "{\"quantity\":1}");
    }

    @Test
    void servesNobodyWhoseSessionsHaveEnded() {
        var drop = shop.openDrop(10, 10);
        var buyer = UUID.randomUUID();
        var token = Tokens.shopper(buyer);
        assertThat(shop.buy(drop, token, 1).statusCode()).isEqualTo(201);

        shop.bean(Revocations.class).accept(new AllSessionsRevoked(buyer, Instant.now()));

        var refused = shop.buy(drop, token, 1);
        assertThat(code(refused)).isEqualTo("401 SESSION_ENDED");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
    }

    @Test
    void takesNothingButABearerToken() {
        var refused =
                shop.send(DropShop.request(shop.purchases(shop.openDrop(1, 1)), null, "Authorization", "Basic YTpi")
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"quantity\":1}")));

        assertThat(code(refused)).isEqualTo("401 UNAUTHENTICATED");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0190000000007000800000000000000000001", "not-an-id-but-as-long-as-one-would-be"})
    void findsNothingUnderWhatIsNoId(String id) {
        assertThat(code(shop.get(shop.lane("/api/v1/drops/" + id), null))).isEqualTo("404 NOT_FOUND");
        assertThat(code(shop.post(
                        shop.lane("/api/v1/drops/" + id + "/purchases"), Tokens.shopper(), "{\"quantity\":1}")))
                .isEqualTo("404 NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "<script>", "\u00e9"})
    void givesARequestItsOwnIdWhereTheCallersIsNone(String id) throws IOException {
        for (var given : List.of(id, "x".repeat(65), "")) {
            try (var client = new RawClient(shop.lanePort())) {
                client.send("GET /health HTTP/1.1\r\nHost: lane\r\nX-Request-Id: " + given + "\r\n\r\n");

                assertThat(client.answer().headers().get("x-request-id"))
                        .isNotEqualTo(given)
                        .matches("[\\w-]{5,64}");
            }
        }
    }

    @Test
    void cutsAClientThatDoesNotReadItsAnswers() throws Exception {
        var requests = "GET /nothing HTTP/1.1\r\nHost: lane\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
        try (var client = new Socket();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), shop.lanePort()));
            Future<Boolean> cut = threads.submit(() -> {
                try {
                    while (true) {
                        client.getOutputStream().write(requests);
                    }
                } catch (IOException reset) {
                    return true;
                }
            });

            await().atMost(Duration.ofSeconds(20)).until(cut::isDone);
            assertThat(cut.get()).isTrue();
            client.close();
        }
        assertThat(shop.get(shop.lane("/health"), null).statusCode()).isEqualTo(200);
    }
}
