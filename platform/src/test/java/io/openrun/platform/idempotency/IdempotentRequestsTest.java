package io.openrun.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openrun.engines.SharedEngines;
import io.openrun.platform.problem.ProblemException;
import io.openrun.platform.schema.ServiceSchema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

class IdempotentRequestsTest {

    private static final String ROUTE = "POST /points/charges";

    private final UUID user = UUID.randomUUID();
    private JdbcTemplate jdbc;
    private IdempotentRequests requests;

    @BeforeEach
    void schema() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(SharedEngines.newDatabase());
        jdbc = new JdbcTemplate(dataSource);
        var schema = ServiceSchema.migrate(dataSource, "shop", List.of("classpath:db/idempotency"));
        jdbc.execute("create table shop.effect (id bigint generated always as identity)");
        requests = new IdempotentRequests(
                new JdbcTransactionManager(dataSource),
                jdbc,
                JsonMapper.builder().build(),
                schema);
    }

    @Test
    void givesTheFirstAnswerAgainByteForByteAndTakesNothingMore() {
        var first = charge("key", 100);
        var second = charge("key", 100);

        assertThat(second.getStatusCode()).isEqualTo(first.getStatusCode());
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(second.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.getHeaders().getFirst("Idempotency-Replayed")).isNull();
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void tellsAgainWhereTheCreatedThingIs() {
        var body = Map.of("name", "Ticket");

        var answers = Stream.generate(
                        () -> requests.once("key", user, "POST /products", body, () -> ResponseEntity.created(
                                        URI.create("/api/v1/products/7"))
                                .body(body)))
                .limit(2)
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.getStatusCode().value()).isEqualTo(201);
            assertThat(answer.getHeaders().getLocation()).isEqualTo(URI.create("/api/v1/products/7"));
        });
        assertThat(answers.getLast().getHeaders().getFirst("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(charge("other", 1).getHeaders().getLocation()).isNull();
    }

    @Test
    void refusesTheSameKeyForAnotherBody() {
        charge("key", 100);

        assertThat(codeOf(() -> charge("key", 101))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void keepsKeysOfPeopleAndRoutesApart() {
        charge("key", 100);
        requests.once("key", UUID.randomUUID(), ROUTE, Map.of("amount", 100), this::effect);
        requests.once("key", user, "POST /other", Map.of("amount", 100), this::effect);

        assertThat(effects()).isEqualTo(3);
    }

    @Test
    void runsEveryTimeWithoutAKey() {
        charge(null, 100);
        charge(null, 100);

        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void refusesMalformedKeys() {
        for (var key : List.of("", " ", "a b", "é", "x".repeat(256))) {
            assertThat(codeOf(() -> charge(key, 100))).isEqualTo("IDEMPOTENCY_KEY_INVALID");
        }
        charge("x".repeat(255), 100);
        charge("~", 100);
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void judgesAnewAfterARefusalAndUndoesWhatTheRefusedDid() {
        var refused = requests.once("key", user, ROUTE, Map.of("amount", 100), () -> {
            effect();
            return ResponseEntity.status(409).body(Map.of("code", "NO"));
        });
        assertThat(refused.getStatusCode().value()).isEqualTo(409);
        assertThat(effects()).isZero();

        charge("key", 100);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void hasOneEffectWhenFiftyComeAtOnceAndTellsTheRestThatItIsInFlightOrReplaysIt() throws Exception {
        var started = new CountDownLatch(1);
        List<Future<String>> answers;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 50)
                    .mapToObj(i -> callers.submit(() -> {
                        started.await();
                        try {
                            return text(charge("key", 100));
                        } catch (ProblemException e) {
                            return e.problem().code();
                        }
                    }))
                    .toList();
            started.countDown();
        }

        assertThat(effects()).isEqualTo(1);
        var first = text(charge("key", 100));
        for (var answer : answers) {
            assertThat(answer.get()).isIn(first, "IDEMPOTENCY_IN_FLIGHT");
        }
    }

    @Test
    void saysInFlightWhileTheFirstIsStillBeingAnswered() throws Exception {
        var inside = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> requests.once("key", user, ROUTE, Map.of("amount", 100), () -> {
                inside.countDown();
                try {
                    finish.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return effect();
            }));
            inside.await();

            assertThat(codeOf(() -> charge("key", 100))).isEqualTo("IDEMPOTENCY_IN_FLIGHT");

            finish.countDown();
            assertThat(first.get().getStatusCode().value()).isEqualTo(201);
        }
    }

    private ResponseEntity<?> charge(String key, int amount) {
        return requests.once(key, user, ROUTE, Map.of("amount", amount), this::effect);
    }

    private ResponseEntity<?> effect() {
        var id = jdbc.queryForObject("insert into shop.effect default values returning id", Long.class);
        return ResponseEntity.status(201).body(Map.of("id", id));
    }

    private long effects() {
        return jdbc.queryForObject("select count(*) from shop.effect", Long.class);
    }

    private static String text(ResponseEntity<?> answer) {
        return new String((byte[]) answer.getBody(), StandardCharsets.UTF_8);
    }

    private static String codeOf(Runnable call) {
        var thrown = new ProblemException[1];
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
        return thrown[0].problem().code();
    }
}
