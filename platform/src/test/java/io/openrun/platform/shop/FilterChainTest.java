package io.openrun.platform.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.contracts.SessionEvent.SessionRevoked;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.security.Revocations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may come in where, and what the others are told. */
class FilterChainTest extends TwoServicesShop {

    @Autowired
    private Revocations revocations;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void letsEverybodyReadWhatIsOpenToEverybody() {
        assertThat(send("GET", "/api/v1/things").body()).isEqualTo("nobody");
        assertThat(send("POST", "/api/v1/others").body()).isEqualTo("written");
        assertThat(send("GET", "/page").body()).isEqualTo("nobody");
        assertThat(send("HEAD", "/api/v1/things").statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/api/v1/mine").statusCode()).isEqualTo(401);
    }

    @Test
    void tellsControllersWhoIsCalling() {
        var userId = UUID.randomUUID().toString();
        var token = TOKENS.signed(TOKENS.claims().subject(userId));

        assertThat(send("GET", "/api/v1/mine", bearer(token)).body()).isEqualTo(userId);
        assertThat(send("GET", "/api/v1/mine", "Authorization", "bearer " + token)
                        .body())
                .isEqualTo(userId);
    }

    @Test
    void asksWhoItIsWhereATokenIsNeeded() {
        var answer = send("GET", "/api/v1/mine", "Accept-Language", "ko");

        isProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("Content-Language")).hasValue("ko");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        isProblem(send("GET", "/api/v1/unknown"), 401, "UNAUTHENTICATED");
    }

    @Test
    void refusesTokensThatProveNothingOnEveryRoute() {
        var expired = TOKENS.signed(
                TOKENS.claims().expirationTime(Date.from(Instant.now().minusSeconds(1))));

        for (var path : List.of("/api/v1/things", "/api/v1/mine", "/page")) {
            isProblem(send("GET", path, bearer("x.y.z")), 401, "UNAUTHENTICATED");
            isProblem(send("GET", path, bearer(expired)), 401, "TOKEN_EXPIRED");
            isProblem(send("GET", path, "Authorization", "Basic YTpi"), 401, "UNAUTHENTICATED");
        }
        assertThat(send("GET", "/api/v1/mine", bearer(expired)).headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer error=\"invalid_token\"");
    }

    @Test
    void looksAtNoTokenWherePeopleComeIn() {
        var expired = TOKENS.signed(
                TOKENS.claims().expirationTime(Date.from(Instant.now().minusSeconds(1))));

        for (var authorization : List.of("Bearer x.y.z", "Bearer " + expired, "Basic YTpi", "Bearer", "nonsense")) {
            assertThat(send("POST", "/api/v1/others", "Authorization", authorization)
                            .body())
                    .isEqualTo("written");
        }
        isProblem(send("GET", "/api/v1/others", bearer(expired)), 401, "TOKEN_EXPIRED");
        isProblem(send("POST", "/api/v1/others/x", bearer(expired)), 401, "TOKEN_EXPIRED");
    }

    @Test
    void refusesASessionThatHasEnded() {
        var sessionId = UUID.randomUUID();
        var token = TOKENS.signed(TOKENS.claims().claim("sid", sessionId.toString()));
        assertThat(send("GET", "/api/v1/mine", bearer(token)).statusCode()).isEqualTo(200);

        revocations.accept(new SessionRevoked(UUID.randomUUID(), sessionId, Instant.now()));

        isProblem(send("GET", "/api/v1/mine", bearer(token)), 401, "SESSION_ENDED");
    }

    @Test
    void letsOnlyAdministratorsDoWhatIsTheirs() {
        var admin = TOKENS.signed(TOKENS.claims().claim("roles", List.of("USER", "ADMIN")));

        isProblem(send("POST", "/api/v1/things"), 401, "UNAUTHENTICATED");
        isProblem(send("POST", "/api/v1/things", bearer(TOKENS.valid())), 403, "FORBIDDEN");
        isProblem(send("GET", "/api/v1/all", bearer(TOKENS.valid())), 403, "FORBIDDEN");
        assertThat(send("HEAD", "/api/v1/all", bearer(TOKENS.valid())).statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/api/v1/things", bearer(admin)).body()).isEqualTo("written");
    }

    @Test
    void hidesWhatIsBetweenServicesFromEverybodyElse() {
        var admin = TOKENS.signed(TOKENS.claims().claim("roles", List.of("USER", "ADMIN", "SERVICE")));
        var key = SharedEngines.secrets().serviceKey();

        isProblem(send("POST", "/internal/things"), 404, "NOT_FOUND");
        isProblem(send("POST", "/internal/things", bearer(admin)), 404, "NOT_FOUND");
        isProblem(send("POST", "/internal/things", "X-Service-Key", ""), 404, "NOT_FOUND");
        isProblem(send("POST", "/internal/things", "X-Service-Key", key + "x"), 404, "NOT_FOUND");
        isProblem(send("POST", "/internal/unknown"), 404, "NOT_FOUND");
        assertThat(send("POST", "/internal/things", "X-Service-Key", key).body())
                .isEqualTo("written");
        isProblem(send("GET", "/api/v1/mine", "X-Service-Key", key), 401, "UNAUTHENTICATED");
    }

    @Test
    void anUnknownMethodIsNoWayAroundAToken() {
        var user = bearer(TOKENS.valid());

        isProblem(send("FOO", "/internal/things"), 404, "NOT_FOUND");
        isProblem(send("OPTIONS", "/internal/things"), 404, "NOT_FOUND");
        isProblem(send("FOO", "/internal/things", user), 404, "NOT_FOUND");
        isProblem(send("FOO", "/api/v1/unknown"), 404, "NOT_FOUND");
        isProblem(send("get", "/api/v1/mine"), 405, "METHOD_NOT_ALLOWED");
        isProblem(send("PUT", "/api/v1/mine"), 401, "UNAUTHENTICATED");
        isProblem(send("PUT", "/api/v1/mine", user), 405, "METHOD_NOT_ALLOWED");
        isProblem(send("FOO", "/api/v1/mine", bearer("x.y.z")), 401, "UNAUTHENTICATED");
    }

    @Test
    void answersPathsThatPlayTricksWithAProblem() {
        for (var path : List.of("/api/v1//mine", "/api/v1/%2e%2e/mine", "/api/v1/mine;a=b", "/internal%2fthings")) {
            assertThat(send("GET", path).statusCode()).as(path).isBetween(400, 404);
        }
        assertThat(send("GET", "/page").headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
    }

    private HttpResponse<String> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static void isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }
}
