package io.openrun.user;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The user service as somebody with an HTTP client sees it. */
@Component
class Shop {

    static final String PASSWORD = "correct horse";

    private static final Pattern TOKEN = Pattern.compile("/verify\\?token=([\\w-]+)");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;

    Shop(Environment environment) {
        this.environment = environment;
    }

    record Answer(int status, JsonNode body, String text, HttpResponse<String> response) {
        String code() {
            return body.path("code").asString("");
        }
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        var port = environment.getRequiredProperty("OPENRUN_PORT");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(
                    response.statusCode(),
                    json ? JSON.readTree(response.body()) : JSON.nullNode(),
                    response.body(),
                    response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String[] as(String accessToken) {
        return new String[] {"Authorization", "Bearer " + accessToken};
    }

    Answer signUp(String email) {
        return post("/api/v1/users", """
                {"email": "%s", "password": "%s", "name": "김 서연", "phone": "+82 10-1234-5678",
                 "address": "서울시 종로구 1"}""".formatted(email, PASSWORD));
    }

    Answer verify(String token) {
        return post("/api/v1/users/verifications", "{\"token\": \"" + token + "\"}");
    }

    Answer signIn(String email, String password) {
        return post("/api/v1/sessions", """
                {"email": "%s", "password": "%s", "device": "a test"}""".formatted(email, password));
    }

    Answer refresh(String refreshToken) {
        return post("/api/v1/sessions/refresh", "{\"refreshToken\": \"" + refreshToken + "\"}");
    }

    /** Signs up, verifies and signs in. */
    JsonNode member(String email) {
        signUp(email);
        org.awaitility.Awaitility.await().until(() -> !verificationTokens(email).isEmpty());
        verify(verificationTokens(email).getLast());
        return signIn(email, PASSWORD).body();
    }

    /** The mails to somebody, oldest first. */
    List<JsonNode> mailsTo(String email) {
        var mails = new ArrayList<JsonNode>();
        get("/dev/inbox", "Accept", "application/json").body().path("items").forEach(mail -> {
            if (mail.path("to").asString("").equals(email)) {
                mails.add(mail);
            }
        });
        Collections.reverse(mails);
        return mails;
    }

    List<String> verificationTokens(String email) {
        return mailsTo(email).stream()
                .flatMap(mail -> TOKEN.matcher(mail.path("text").asString("")).results())
                .map(found -> found.group(1))
                .toList();
    }
}
