package io.openrun.lab.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Unhurried calls to a shop's public API, as an administrator or a shopper makes them. */
public final class ShopClient implements AutoCloseable {

    private static final Duration CALL_WITHIN = Duration.ofSeconds(20);
    private static final Duration TOKENS_WITHIN = Duration.ofMinutes(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ShopAddress shop;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Calls the shop at this address; nothing is sent yet. */
    public ShopClient(ShopAddress shop) {
        this.shop = shop;
    }

    /** An answer: the status, and the body as JSON (missing when it is empty). */
    public record Reply(int status, JsonNode body) {

        /** Whether it is a 2xx. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The body's field as text, empty when it is not there. */
        public String text(String field) {
            return body.path(field).asString("");
        }

        /** The body's field as a number, 0 when it is not there. */
        public long number(String field) {
            return body.path(field).asLong(0);
        }
    }

    /** Logs in and returns the access token. */
    public String login(String email, String password) {
        return expect(post("/sessions", null, Map.of("email", email, "password", password)), "log in as " + email)
                .text("accessToken");
    }

    /** GETs below {@code /api/v1}. */
    public Reply get(String path, @Nullable String token) {
        return send(request("/api/v1" + path, token).GET().build());
    }

    /** POSTs JSON below {@code /api/v1}. */
    public Reply post(String path, @Nullable String token, Map<String, ?> body) {
        return send(withBody("POST", path, token, body));
    }

    /** PATCHes JSON below {@code /api/v1}. */
    public Reply patch(String path, @Nullable String token, Map<String, ?> body) {
        return send(withBody("PATCH", path, token, body));
    }

    /** The reply if it is a 2xx, else an exception that says what could not be done and why. */
    public static Reply expect(Reply reply, String what) {
        if (!reply.ok()) {
            throw new ShopException("could not %s: the shop answered %d %s %s"
                    .formatted(what, reply.status(), reply.text("code"), reply.text("detail")));
        }
        return reply;
    }

    /** Gets distinct demonstration shoppers with fresh tokens; only shops on embedded engines have them. */
    public Crowd shoppers(int count, IntConsumer progress) {
        HttpRequest request = HttpRequest.newBuilder(shop.base().resolve("/internal/demo/shoppers"))
                .timeout(TOKENS_WITHIN)
                .header("X-Service-Key", shop.serviceKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"count\":" + count + "}"))
                .build();
        Crowd crowd = new Crowd(count);
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.US_ASCII))) {
                if (response.statusCode() != 200) {
                    throw new ShopException(
                            "the shop gives no demonstration shoppers (status " + response.statusCode() + ")");
                }
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    crowd.add(line.substring(line.indexOf(' ') + 1));
                    progress.accept(crowd.size());
                }
            }
        } catch (IOException e) {
            throw new ShopException("could not get shoppers from " + shop + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (crowd.size() != count) {
            throw new ShopException("asked for " + count + " shoppers and got " + crowd.size());
        }
        return crowd;
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(shop.base().resolve(path)).timeout(CALL_WITHIN);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpRequest withBody(String method, String path, @Nullable String token, Map<String, ?> body) {
        return request("/api/v1" + path, token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    private Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new ShopException(
                    "could not %s %s: %s"
                            .formatted(
                                    request.method(),
                                    request.uri(),
                                    e instanceof ConnectException ? "nobody answers there" : e.getMessage()),
                    e);
        } catch (JacksonException e) {
            throw new ShopException("%s %s did not answer JSON".formatted(request.method(), request.uri()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ShopException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ShopException("interrupted", e);
    }
}
