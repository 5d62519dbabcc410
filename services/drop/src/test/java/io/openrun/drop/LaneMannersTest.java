package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HTTP lets a client ask of the lane beside a purchase. */
class LaneMannersTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void keepsAnOldClientsConnectionOpenWhenItAsks() throws IOException {
        try (var client = new RawClient(shop.lanePort())) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertThat(client.answer().headers()).containsEntry("connection", "keep-alive");
            }
            client.send("GET /health HTTP/1.0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void continuesWhereAClientAsksBeforeItSendsItsBody() throws IOException {
        var drop = shop.openDrop(10, 10);
        var request = RawClient.purchase(drop, Tokens.shopper(), "{\"quantity\":1}", "Expect: 100-continue\r\n");
        int body = request.indexOf("{\"quantity\"");
        try (var client = new RawClient(shop.lanePort())) {
            client.send(request.substring(0, body));
            assertThat(client.answer().status()).isEqualTo(100);
            client.send(request.substring(body));
            assertThat(client.answer().status()).isEqualTo(201);
        }
    }

    @Test
    void sellsAtAnAddressThatNamesItsHost() throws IOException {
        var drop = shop.openDrop(10, 10);
        var request = RawClient.purchase(drop, Tokens.shopper(), "{\"quantity\":1}");
        try (var client = new RawClient(shop.lanePort())) {
            client.send(request.replace("POST /api", "POST http://lane:8081/api"));
            assertThat(client.answer().status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/health, 200",
        "/health?a=b, 200",
        "http://lane/health, 200",
        "HTTPS://lane:8081/health?to=http://elsewhere/, 200",
        "/elsewhere?to=http://lane/health, 404",
        "health, 404",
        "http://lane, 404",
        "http://lane?/health, 404",
        "*, 404",
    })
    void takesThePathOutOfARequestsTarget(String target, int status) throws IOException {
        try (var client = new RawClient(shop.lanePort())) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: lane\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(status);
        }
    }

    @Test
    void letsAPageOfAnotherOriginAsk() throws IOException {
        var drop = shop.openDrop(10, 10);
        try (var client = new RawClient(shop.lanePort())) {
            client.send("OPTIONS /api/v1/drops/" + drop + "/purchases HTTP/1.1\r\nHost: lane\r\nOrigin: http://shop\r\n"
                    + "Access-Control-Request-Method: POST\r\n\r\n");
            var preflight = client.answer();
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers()).containsEntry("access-control-allow-origin", "*");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FOO, /purchases, POST",
        "GET, /purchases, POST",
        "TRACE, /purchases, POST",
        "POST, /purchases/mine, GET",
        "DELETE, '', GET",
    })
    void namesTheMethodsOfAPathThatIsAskedWithAnother(String method, String path, String allowed) throws IOException {
        var line = " /api/v1/drops/" + UUID.randomUUID() + path + " HTTP/1.1\r\nHost: lane\r\n\r\n";
        try (var client = new RawClient(shop.lanePort())) {
            var refused = client.send(method + line).answer();
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.headers())
                    .containsEntry("allow", allowed + ", OPTIONS")
                    .containsEntry("content-type", "application/problem+json");
            assertThat(refused.body()).contains("\"code\":\"METHOD_NOT_ALLOWED\"");

            var asked = client.send("OPTIONS" + line).answer();
            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.headers()).containsEntry("allow", allowed + ", OPTIONS");
        }
    }
}
