package io.openrun.platform.shop;

import static io.openrun.platform.security.ServiceRoutes.Route.get;
import static io.openrun.platform.security.ServiceRoutes.Route.post;

import com.sun.net.httpserver.HttpServer;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.security.Caller;
import io.openrun.platform.security.ServiceRoutes;
import io.openrun.platform.security.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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

/** A shop of two services in one process, and the user service whose tokens it takes; its tests share one context. */
@SpringBootTest(
        classes = TwoServicesShop.TwoServices.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "OPENRUN_DEMO=false")
abstract class TwoServicesShop {

    static final TestTokens TOKENS = new TestTokens();
    private static final HttpServer USER_SERVICE = userService();

    @LocalServerPort
    int port;

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

    /** What the shop answers to a request that no client would send. */
    String raw(String line, String header, String body) throws IOException {
        var request = line + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nAccept-Language: ko\r\n"
                + (header.isEmpty() ? "" : header + "\r\nContent-Length: " + body.length() + "\r\n") + "\r\n" + body;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
            return new ServiceRoutes(List.of(), List.of(), List.of(post("/api/v1/others")));
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

        @PostMapping("/parcels")
        Order parcel(@RequestBody Order order) {
            return order;
        }

        record Moment(Instant at) {}

        @PostMapping(path = "/moments", consumes = "application/json")
        String moment(@RequestBody Moment moment) {
            return "at " + moment.at();
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
}
