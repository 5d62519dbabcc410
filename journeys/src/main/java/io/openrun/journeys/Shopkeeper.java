package io.openrun.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Prepares the shop before anybody comes: a product, and a drop of all its units that is open. */
final class Shopkeeper {

    private static final long PRICE = 15_000;
    private static final Duration OPENS_IN = Duration.ofSeconds(3);
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(60);
    private static final Duration OPEN_FOR = Duration.ofHours(2);
    private static final Duration CALL_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 250;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JourneySettings settings;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";

    Shopkeeper(JourneySettings settings) {
        this.settings = settings;
    }

    /** Opens a drop and returns its id when the shop says that it is open. */
    String openDrop() {
        token = call("POST", "/sessions", Map.of("email", settings.adminEmail(), "password", settings.adminPassword()))
                .path("accessToken")
                .asText();
        String product = call(
                        "POST",
                        "/products",
                        Map.of("name", "Journey " + Instant.now(), "price", PRICE, "quantity", settings.stock()))
                .path("id")
                .asText();
        Instant opensAt = Instant.now().plus(OPENS_IN);
        String drop = call(
                        "POST",
                        "/drops",
                        Map.of(
                                "productId",
                                product,
                                "title",
                                "Journey of " + settings.shoppers(),
                                "quantity",
                                settings.stock(),
                                "price",
                                PRICE,
                                "perUserLimit",
                                1,
                                "opensAt",
                                opensAt.toString(),
                                "closesAt",
                                opensAt.plus(OPEN_FOR).toString()))
                .path("id")
                .asText();
        awaitOpening(drop);
        return drop;
    }

    private void awaitOpening(String drop) {
        long deadlineNanos = System.nanoTime() + OPENS_WITHIN.toNanos();
        while (!call("GET", "/drops/" + drop, Map.of()).path("state").asText().equals("OPEN")) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException("the drop did not open within " + OPENS_WITHIN.toSeconds() + " s");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private JsonNode call(String method, String path, Map<String, ?> body) {
        String what = method + " " + settings.baseUrl() + "/api/v1" + path;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.baseUrl() + "/api/v1" + path))
                    .timeout(CALL_WITHIN)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(what + " answered " + response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(what + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
