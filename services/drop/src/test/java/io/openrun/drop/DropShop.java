package io.openrun.drop;

import io.openrun.drop.lane.FastLane;
import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The drop service on real engines, with both of its ports. Several may share one database. */
public final class DropShop implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static DropShop shared;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ConfigurableApplicationContext context;
    private final Map<String, String> engines;
    public final Neighbours neighbours;

    private DropShop(Map<String, String> engines, Neighbours neighbours, Clock clock, String... settings) {
        this.engines = engines;
        this.neighbours = neighbours;
        var properties = new LinkedHashMap<>(engines);
        properties.put("server.port", "0");
        properties.put("management.server.port", "-1");
        properties.put("openrun.drop.lane.port", "0");
        properties.put("openrun.services.user", neighbours.url());
        properties.put("openrun.services.catalog", neighbours.url());
        properties.put("openrun.demo", "false");
        properties.put("spring.application.name", "drop");
        for (var setting : settings) {
            int equals = setting.indexOf('=');
            properties.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        this.context = new SpringApplicationBuilder(DropService.class)
                .initializers(starting -> starting.addBeanFactoryPostProcessor(beans -> {
                    ((BeanDefinitionRegistry) beans).removeBeanDefinition("clock");
                    beans.registerSingleton("clock", clock);
                }))
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    /** A shop on a database of its own. */
    public static DropShop open(String... settings) {
        return open(new Neighbours(), settings);
    }

    /** A shop on a database of its own, next to these. */
    public static DropShop open(Neighbours neighbours, String... settings) {
        return new DropShop(SharedEngines.properties(), neighbours, Clock.systemUTC(), settings);
    }

    /** The shop of all tests that need nothing special; it stays open until the end. */
    public static synchronized DropShop shared() {
        var open = shared;
        if (open == null) {
            open = open();
            shared = open;
        }
        return open;
    }

    /** Another instance of the same shop. */
    public DropShop another(String... settings) {
        return new DropShop(engines, neighbours, Clock.systemUTC(), settings);
    }

    /** Another instance of the same shop, on a server whose clock is wrong by that much. */
    public DropShop anotherWhoseClockIsOff(Duration by) {
        return new DropShop(engines, neighbours, Clock.offset(Clock.systemUTC(), by));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public int lanePort() {
        return bean(FastLane.class).port();
    }

    public URI web(String path) {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public URI lane(String path) {
        return URI.create("http://127.0.0.1:" + lanePort() + path);
    }

    /** An open drop of that many units, at most that many for each, closing in an hour. */
    public UUID openDrop(long units, int perUser) {
        return drop(units, perUser, "");
    }

    public UUID drop(long units, int perUser, String more) {
        var now = Instant.now();
        return scheduled(neighbours.product(units), units, perUser, now.minusSeconds(60), now.plusSeconds(3600), more);
    }

    public UUID scheduled(UUID product, long units, int perUser, Instant opensAt, Instant closesAt, String more) {
        var answer = schedule(product, units, perUser, opensAt, closesAt, more);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return UUID.fromString(json(answer).get("id").stringValue());
    }

    public HttpResponse<String> schedule(
            UUID product, long units, int perUser, Instant opensAt, Instant closesAt, String more) {
        return post(
                web("/api/v1/drops"), Tokens.admin(), """
                {"productId":"%s","title":"A drop","quantity":%d,"price":15000,"perUserLimit":%d,
                 "opensAt":"%s","closesAt":"%s"%s}
                """.formatted(product, units, perUser, opensAt, closesAt, more));
    }

    /** The answer to the plan of a drop that is open for a minute, one unit for each. */
    public HttpResponse<String> schedule(UUID product, long units, String more) {
        var now = Instant.now();
        return schedule(product, units, 1, now, now.plusSeconds(60), more);
    }

    public HttpResponse<String> buy(UUID drop, String token, int quantity, String... headers) {
        return post(purchases(drop), token, "{\"quantity\":" + quantity + "}", headers);
    }

    public URI purchases(UUID drop) {
        return lane("/api/v1/drops/" + drop + "/purchases");
    }

    public HttpResponse<String> post(URI uri, String token, String body, String... headers) {
        return send(request(uri, token, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> get(URI uri, String token, String... headers) {
        return send(request(uri, token, headers).GET());
    }

    public static HttpRequest.Builder request(URI uri, String token, String... headers) {
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpClient http() {
        return http;
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    public static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " " + json(answer).path("code").asString("");
    }

    public JsonNode audit(UUID drop) {
        return json(get(web("/api/v1/drops/" + drop + "/audit"), Tokens.admin()));
    }

    public JdbcClient database() {
        return bean(JdbcClient.class);
    }

    public List<Long> sequences(UUID drop) {
        return database()
                .sql("SELECT sequence FROM drops.hold WHERE stock_id = ? ORDER BY sequence")
                .param(drop)
                .query(Long.class)
                .list();
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
