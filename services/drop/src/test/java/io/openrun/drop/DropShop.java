package io.openrun.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.drop.lane.FastLane;
import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
            .connectTimeout(Duration.ofSeconds(30))
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
        // a machine that is busy with other tests is slow, not away
        properties.put("spring.datasource.hikari.connection-timeout", "20000");
        properties.put("openrun.drop.connection-timeout", "20s");
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

    /**
     * A drop is refused, sells and is refused again, and nothing of it was sold outside of its window. Tried again where
     * the machine stood still while one of these was to be seen.
     */
    public void sellsBetween(Duration opensIn, Duration closesIn) {
        var seen = new LinkedHashSet<String>();
        for (int i = 0; i < 5 && seen.size() < 3; i++) {
            seen.clear();
            var now = Instant.now();
            var drop = scheduled(neighbours.product(500), 500, 500, now.plus(opensIn), now.plus(closesIn), "");
            var token = Tokens.shopper();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        seen.add(code(buy(drop, token, 1)));
                        return seen.contains("409 DROP_CLOSED");
                    });
            var outside = database().sql("""
                            SELECT count(*) FROM drops.hold h JOIN drops.drop d ON d.id = h.stock_id
                            WHERE d.id = ? AND (h.held_at < d.opens_at OR h.held_at >= d.closes_at)
                            """).param(drop).query(Long.class).single();
            assertThat(outside).isZero();
        }
        assertThat(seen).containsExactly("409 DROP_NOT_OPEN", "201 ", "409 DROP_CLOSED");
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

    /** Nobody else sells of it until this is closed. */
    public AutoCloseable lockedStock(UUID drop) throws SQLException {
        var connection = DriverManager.getConnection(engines.get("OPENRUN_DATABASE_URL"));
        connection.setAutoCommit(false);
        connection.createStatement().execute("SELECT 1 FROM drops.stock WHERE id = '" + drop + "' FOR UPDATE");
        return connection;
    }

    public boolean somebodyWaitsForALock() {
        return database().sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).query(Long.class).single() > 0;
    }

    /** The database takes nobody in until this is closed, and has put out whoever was there. */
    public AutoCloseable databaseAway() throws SQLException {
        var name =
                database().sql("SELECT current_database()").query(String.class).single();
        var connection = DriverManager.getConnection(SharedEngines.postgres().jdbcUrl());
        var statement = connection.createStatement();
        statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        return () -> {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            connection.close();
        };
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
