package io.openrun.launcher;

import io.openrun.engines.DemoAccounts;
import io.openrun.engines.ShopProcess;
import io.openrun.lab.shop.ShopAddress;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few everyday requests, so that a recorded start knows them, and a crowd that comes to a drop too early or too late:
 * the fast lane turns away everybody, which it should have done before the first stampede. Nothing is bought, and what
 * they answer does not matter.
 */
final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int ROUNDS = 20;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final Duration LONG_BEFORE = Duration.ofSeconds(30);
    private static final String NOBODY = "none";
    private static final List<String> READS =
            List.of("/", "/api/v1/products", "/api/v1/drops", "/api/v1/users/me", "/.well-known/jwks.json");
    private static final String UNKNOWN_DROP = "00000000-0000-7000-8000-000000000000";

    private final ShopProcess shop;
    private final int crowd;

    Rehearsal(ShopProcess shop, int crowd) {
        this.shop = shop;
        this.crowd = crowd;
    }

    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            READS.forEach(path -> request(shop.base().resolve(path), NOBODY, ""));
            buy(UNKNOWN_DROP, NOBODY);
        }
        try (ShopClient client = new ShopClient(new ShopAddress(shop.base(), shop.lane(), ""))) {
            var password = shop.plan().environment().getOrDefault("OPENRUN_DEMO_PASSWORD", "");
            var token = client.login(DemoAccounts.DEMO, password);
            var drop = refusing(client);
            for (int i = 0; i < crowd; i++) {
                buy(drop, token);
            }
        } catch (ShopException e) {
            LOG.debug("Nobody came", e);
        }
    }

    private static String refusing(ShopClient client) {
        return client.get("/drops?state=SCHEDULED", null)
                .body()
                .path("items")
                .valueStream()
                .filter(drop -> Instant.parse(drop.path("opensAt").asString())
                        .isAfter(Instant.now().plus(LONG_BEFORE)))
                .findFirst()
                .or(() -> client.get("/drops?state=CLOSED", null)
                        .body()
                        .path("items")
                        .valueStream()
                        .findFirst())
                .map(drop -> drop.path("id").asString())
                .orElse(UNKNOWN_DROP);
    }

    private void buy(String drop, String token) {
        request(shop.lane().resolve("/api/v1/drops/" + drop + "/purchases"), token, "{\"quantity\":1}");
    }

    private static void request(URI address, String token, String body) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            if (!body.isEmpty()) {
                connection.setRequestMethod("POST");
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            drain(connection);
        } catch (IOException e) {
            LOG.debug("A rehearsed request failed", e);
        }
    }

    private static void drain(HttpURLConnection connection) throws IOException {
        boolean refused = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (var answer = refused ? connection.getErrorStream() : connection.getInputStream()) {
            if (answer != null) {
                answer.readAllBytes();
            }
        }
    }
}
