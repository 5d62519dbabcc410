package io.openrun.platform.shop;

import static io.openrun.platform.security.ServiceRoutes.Route.get;
import static io.openrun.platform.security.ServiceRoutes.Route.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.openrun.contracts.SessionEvent.SessionRevoked;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.security.Caller;
import io.openrun.platform.security.Revocations;
import io.openrun.platform.security.ServiceRoutes;
import io.openrun.platform.security.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        classes = FilterChainTest.TwoServices.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "OPENRUN_DEMO=false")
class FilterChainTest {

    private static final TestTokens TOKENS = new TestTokens();
    private static final HttpServer USER_SERVICE = userService();

    @LocalServerPort
    private int port;

    @Autowired
    private Revocations revocations;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void engines(DynamicPropertyRegistry registry) {
        SharedEngines.properties().forEach((name, value) -> registry.add(name, () -> value));
        registry.add(
                "OPENRUN_USER_URL",
                () -> "http://127.0.0.1:" + USER_SERVICE.getAddress().getPort());
    }

    private static HttpServer userService() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/jwks.json", exchange -> {
                var body = TOKENS.keySet().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two services in one process, as far as the filter chain can tell. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Things.class)
    static class TwoServices {

        @Bean
        ServiceRoutes first() {
            return new ServiceRoutes(
                    List.of(get("/api/v1/things")), List.of(post("/api/v1/things"), get("/api/v1/all")));
        }

        @Bean
        ServiceRoutes second() {
            return new ServiceRoutes(List.of(post("/api/v1/others")), List.of());
        }
    }

    /** What they answer. */
    @RestController
    static class Things {

        @GetMapping({"/api/v1/things", "/api/v1/mine", "/api/v1/all", "/page"})
        String read(@AuthenticationPrincipal Caller caller) {
            return caller == null ? "nobody" : caller.userId().toString();
        }

        @GetMapping("/search")
        String search(@RequestParam(required = false) String words) {
            return "found " + words;
        }

        record Order(Integer units) {}

        @PostMapping(path = "/orders", consumes = "application/json")
        String order(@RequestBody Order order) {
            return "ordered " + order.units();
        }

        @PostMapping(path = "/notes")
        String note(@RequestBody Order order) {
            return "noted " + order.units();
        }

        @PostMapping({"/api/v1/things", "/api/v1/others", "/internal/things"})
        String write() {
            return "written";
        }
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
    void answersPathsThatPlayTricksWithAProblem() {
        for (var path : List.of("/api/v1//mine", "/api/v1/%2e%2e/mine", "/api/v1/mine;a=b", "/internal%2fthings")) {
            assertThat(send("GET", path).statusCode()).as(path).isBetween(400, 404);
        }
        assertThat(send("GET", "/page").headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"words=100%", "words=%zz", "words=%ff", "other=%ff"})
    void saysThatAQueryCannotBeDecoded(String query) throws IOException {
        assertThat(raw("GET /search?" + query, "", ""))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"BAD_REQUEST\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, multipart/form-data, --x",
        "/notes, multipart/form-data, --x",
        "/notes, multipart/form-data;boundary=x, --x",
        "/orders, application/x-www-form-urlencoded, units=%zz",
    })
    void refusesBodiesItDoesNotKnow(String path, String type, String body) throws IOException {
        assertThat(raw("POST " + path, "Content-Type: " + type, body))
                .startsWith("HTTP/1.1 415")
                .contains("application/problem+json", "\"code\":\"UNSUPPORTED_MEDIA_TYPE\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"units=%zz", "--x\r\nbad"})
    void saysThatAFormCannotBeDecoded(String form) throws IOException {
        assertThat(raw("POST /notes", "Content-Type: application/x-www-form-urlencoded", form))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"BAD_REQUEST\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"\\u0000\"", "\"1\"", "1.5", "true", "[]", "{}"})
    void takesNothingElseForANumber(String units) throws IOException {
        assertThat(raw("POST /orders", "Content-Type: application/json", "{\"units\":" + units + "}"))
                .startsWith("HTTP/1.1 400")
                .contains("\"field\":\"units\"");
    }

    private String raw(String line, String header, String body) throws IOException {
        var request = line + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nAccept-Language: ko\r\n"
                + (header.isEmpty() ? "" : header + "\r\nContent-Length: " + body.length() + "\r\n") + "\r\n" + body;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FOO, /api/v1/things, 'GET,POST'",
        "FOO, /api/v1/mine, GET",
        "PROPFIND, /search, GET",
        "PUT, /search, GET",
        "DELETE, /orders, POST",
    })
    void namesTheMethodsOfAPathThatIsAskedWithAnother(String method, String path, String allowed) throws IOException {
        var answer = raw(method + " " + path, "", "");

        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .contains("application/problem+json", "\"code\":\"METHOD_NOT_ALLOWED\"");
        assertThat(allowIn(answer)).containsExactlyInAnyOrder(allowed.split(","));
    }

    @Test
    void tellsWhoAsksWhichMethodsAPathHas() throws IOException {
        var answer = raw("OPTIONS /api/v1/mine", "", "");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(allowIn(answer)).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
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

    private static List<String> allowIn(String answer) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, "Allow:", 0, 6))
                .flatMap(line -> Stream.of(line.substring(6).split(",")))
                .map(String::strip)
                .toList();
    }

    @Test
    void traceIsNotAmongTheMethodsThatTomcatNames() throws IOException {
        assertThat(allowIn(raw("TRACE /api/v1/mine", "", ""))).contains("GET").doesNotContain("TRACE");
    }

    /** Tomcat turns these away before any filter; Java's own client would not even send them. */
    @ParameterizedTest
    @CsvSource({
        "TRACE /api/v1/things, 405, METHOD_NOT_ALLOWED",
        "GET /api/v1/things/%zz, 400, BAD_REQUEST",
        "GET /api/v1/things/%00, 400, BAD_REQUEST",
        "GET /api/v1/things/..%2f.., 400, BAD_REQUEST",
        "GET /error, 404, NOT_FOUND",
    })
    void saysWhatTomcatRefusesInAProblem(String line, int status, String code) throws IOException {
        assertThat(raw(line, "", ""))
                .startsWith("HTTP/1.1 " + status)
                .contains("\"code\":\"" + code + "\"")
                .contains("X-Request-Id: ", "Content-Type: application/problem+json", "Content-Language: ko");
    }
}
