package io.openrun.catalog;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catalog service on real engines, with a key set of its own in the place of the user service's. */
final class RunningCatalog {

    static final RunningCatalog CATALOG = new RunningCatalog();

    static final UUID ADMIN = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final Map<String, String> environment = SharedEngines.properties();
    private final ECKey signingKey;
    private final ConfigurableApplicationContext context;
    private final String address;

    private RunningCatalog() {
        try {
            signingKey = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
            var keySet = new JWKSet(signingKey.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            var users = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            users.createContext("/.well-known/jwks.json", exchange -> {
                exchange.sendResponseHeaders(200, keySet.length);
                exchange.getResponseBody().write(keySet);
                exchange.close();
            });
            users.start();
            var properties = new HashMap<String, Object>(environment);
            properties.put(
                    "OPENRUN_USER_URL", "http://127.0.0.1:" + users.getAddress().getPort());
            properties.put("OPENRUN_DEMO", "true");
            // a machine that is busy with other tests is slow, not away
            properties.put("spring.datasource.hikari.connection-timeout", 20_000);
            properties.put("server.port", 0);
            properties.put("spring.application.name", "catalog");
            context = new SpringApplicationBuilder(CatalogService.class)
                    .properties(properties)
                    .run();
            address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        } catch (IOException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient database() {
        return context.getBean(JdbcClient.class);
    }

    /** A request in the making. */
    Call get(String path) {
        return new Call("GET", path, "");
    }

    Call post(String path, String body) {
        return new Call("POST", path, body);
    }

    Call patch(String path, String body) {
        return new Call("PATCH", path, body);
    }

    Call put(String path, String body) {
        return new Call("PUT", path, body);
    }

    Call delete(String path) {
        return new Call("DELETE", path, "");
    }

    /** A product that exists. */
    String product(String members) {
        return post("/api/v1/products", "{" + members + "}")
                .asAdmin()
                .expect(201)
                .get("id")
                .asString();
    }

    String productWith(long quantity) {
        return product("\"name\": \"Ticket\", \"price\": 15000, \"quantity\": " + quantity);
    }

    private String token(UUID user, String role) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer("openrun")
                .subject(user.toString())
                .claim("sid", UUID.randomUUID().toString())
                .claim("roles", List.of(role))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .build();
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("test").build(), claims);
            token.sign(new ECDSASigner(signingKey));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One call of the service. */
    final class Call {

        private final HttpRequest.Builder request;

        private Call(String method, String path, String body) {
            request = HttpRequest.newBuilder(URI.create(address + path))
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (!body.isEmpty()) {
                request.header("Content-Type", "application/json");
            }
        }

        Call asAdmin() {
            return with("Authorization", "Bearer " + token(ADMIN, "ADMIN"));
        }

        Call asShopper() {
            return with("Authorization", "Bearer " + token(UUID.randomUUID(), "USER"));
        }

        Call asService() {
            return with("X-Service-Key", environment.get("OPENRUN_SERVICE_KEY"));
        }

        Call with(String header, String value) {
            request.setHeader(header, value);
            return this;
        }

        HttpResponse<String> send() {
            try {
                return http.send(request.build(), BodyHandlers.ofString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        int status() {
            return send().statusCode();
        }

        /** The body of the answer, which must have this status. */
        JsonNode expect(int status) {
            var answer = send();
            if (answer.statusCode() != status) {
                throw new AssertionError(
                        "expected %d but was %d: %s".formatted(status, answer.statusCode(), answer.body()));
            }
            return answer.body().isEmpty() ? json.missingNode() : json.readTree(answer.body());
        }

        /** The code of the problem, which must have this status. */
        String problem(int status) {
            return expect(status).get("code").asString();
        }
    }
}
