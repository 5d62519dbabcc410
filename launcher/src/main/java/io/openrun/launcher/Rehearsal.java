package io.openrun.launcher;

import io.openrun.engines.DemoAccounts;
import io.openrun.engines.ShopProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few everyday requests, so that a recorded start knows them; what they answer does not matter. */
final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int ROUNDS = 20;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final List<String> READS =
            List.of("/", "/api/v1/products", "/api/v1/drops", "/api/v1/users/me", "/.well-known/jwks.json");
    private static final String UNKNOWN_DROP = "/api/v1/drops/00000000-0000-7000-8000-000000000000/purchases";

    private final ShopProcess shop;

    Rehearsal(ShopProcess shop) {
        this.shop = shop;
    }

    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            READS.forEach(path -> request(shop.base().resolve(path), ""));
            request(shop.lane().resolve(UNKNOWN_DROP), "{\"quantity\":1}");
        }
        var password = shop.plan().environment().getOrDefault("OPENRUN_DEMO_PASSWORD", "");
        request(
                shop.base().resolve("/api/v1/sessions"),
                "{\"email\":\"" + DemoAccounts.DEMO + "\",\"password\":\"" + password + "\"}");
    }

    private static void request(URI address, String body) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer none");
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
