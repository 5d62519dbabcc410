package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who talks to the shop over HTTP: a shopper, an administrator, or nobody in particular. */
final class Shopper {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private final String base;
    private final String token;
    final String userId;

    Shopper(String base, String userId, String token) {
        this.base = base;
        this.userId = userId;
        this.token = token;
    }

    static Shopper nobody(String base) {
        return new Shopper(base, "", "");
    }

    /** The same person at another address, for example the fast lane's. */
    Shopper at(String otherBase) {
        return new Shopper(otherBase, userId, token);
    }

    String token() {
        return token;
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    Answer post(String path, Object body) {
        return post(path, body, Map.of());
    }

    Answer post(String path, Object body, Map<String, String> headers) {
        return raw("POST", path, body instanceof String s ? s : JSON.writeValueAsString(body), headers);
    }

    Answer patch(String path, Object body) {
        return raw("PATCH", path, body instanceof String s ? s : JSON.writeValueAsString(body), Map.of());
    }

    Answer raw(String method, String path, String body, Map<String, String> headers) {
        var request = request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return send(request.build());
    }

    /** Waits, for at most a minute, until the order reads as one of these statuses. */
    JsonNode awaitOrder(String orderId, String... statuses) {
        var last = new JsonNode[1];
        await().alias("order " + orderId + " becomes " + Set.of(statuses))
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    last[0] = get("/api/v1/orders/" + orderId).ok();
                    return Set.of(statuses).contains(last[0].path("status").asString());
                });
        return last[0];
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest request) {
        try {
            return new Answer(request, HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new Unanswered(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The connection broke before there was an answer: what happened is unknown. */
    static final class Unanswered extends RuntimeException {
        Unanswered(String what, IOException cause) {
            super(what, cause);
        }
    }

    /** What the shop said. */
    record Answer(HttpRequest request, HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        }

        String code() {
            return json().path("code").asString();
        }

        /** The body of a 2xx. */
        JsonNode ok() {
            assertThat(status()).as("%s", this).isBetween(200, 299);
            return json();
        }

        /** Asserts a well-formed problem of that status, and that nothing of the server's inside is shown. */
        Answer isProblem(int... statuses) {
            assertThat(statuses).as("%s", this).contains(status());
            assertThat(header("Content-Type")).as("%s", this).startsWith("application/problem+json");
            assertThat(header("X-Request-Id")).as("%s", this).isNotEmpty();
            var problem = json();
            assertThat(problem.path("status").asInt()).as("%s", this).isEqualTo(status());
            assertThat(problem.path("code").asString()).as("%s", this).matches("[A-Z][A-Z0-9_]+");
            assertThat(problem.path("title").asString()).as("%s", this).isNotEmpty();
            assertThat(problem.path("detail").asString()).as("%s", this).isNotEmpty();
            assertThat(response.body()).doesNotContain("Exception", "\tat ", "org.springframework");
            return this;
        }

        /** Asserts a problem with this code. */
        Answer isProblem(int status, String code) {
            isProblem(new int[] {status});
            assertThat(code()).as("%s", this).isEqualTo(code);
            return this;
        }

        @Override
        public String toString() {
            var body = response.body();
            return request.method() + " " + request.uri() + " -> " + status() + " "
                    + body.substring(0, Math.min(600, body.length()));
        }
    }
}
