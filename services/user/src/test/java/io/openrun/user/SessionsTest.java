package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@OnRealEngines
@Import(Shop.class)
class SessionsTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcClient jdbc;

    @Value("${OPENRUN_KAFKA_SERVERS}")
    private String kafka;

    private final String email = UUID.randomUUID() + "@example.org";

    private static String access(JsonNode tokens) {
        return tokens.path("accessToken").asString();
    }

    private static String refresh(JsonNode tokens) {
        return tokens.path("refreshToken").asString();
    }

    private Shop.Answer me(JsonNode tokens) {
        return shop.get("/api/v1/users/me", Shop.as(access(tokens)));
    }

    @Test
    void signsInTheDemonstrationAccounts() {
        var admin = shop.signIn("admin@openrun.local", OnRealEngines.ADMIN_PASSWORD);
        var demo = shop.signIn("Demo@Openrun.Local", OnRealEngines.DEMO_PASSWORD);

        assertThat(admin.status()).isEqualTo(201);
        assertThat(admin.body().path("expiresIn").asInt()).isEqualTo(900);
        assertThat(admin.body().path("user").path("roles").toString()).isEqualTo("[\"USER\",\"ADMIN\"]");
        assertThat(me(demo.body()).body().path("email").asString()).isEqualTo("demo@openrun.local");
    }

    @Test
    void rotatesTheRefreshTokenAndEndsTheSessionWhenOneIsUsedTwice() {
        var first = shop.member(email);
        var second = shop.refresh(refresh(first));
        assertThat(second.status()).isEqualTo(200);
        assertThat(refresh(second.body())).isNotEqualTo(refresh(first));
        assertThat(me(second.body()).status()).isEqualTo(200);

        var reused = shop.refresh(refresh(first));

        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.code()).isEqualTo("SESSION_ENDED");
        assertThat(shop.refresh(refresh(second.body())).status()).isEqualTo(401);
        assertThat(me(second.body()).status()).isEqualTo(401);
        assertThat(me(first).code()).isEqualTo("SESSION_ENDED");
    }

    @Test
    void aTokenThatHasEndedKeepsNobodyFromComingIn() {
        var ended = shop.member(email);
        var other = shop.signIn(email, Shop.PASSWORD).body();
        shop.send("DELETE", "/api/v1/sessions/current", null, Shop.as(access(ended)));
        assertThat(me(ended).code()).isEqualTo("SESSION_ENDED");
        var as = Shop.as(access(ended));

        var signedIn = shop.post(
                "/api/v1/sessions", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, Shop.PASSWORD), as);
        var refreshed = shop.post("/api/v1/sessions/refresh", "{\"refreshToken\": \"" + refresh(other) + "\"}", as);
        var signedUp = shop.post(
                "/api/v1/users",
                "{\"email\": \"%s\", \"password\": \"correct horse\", \"name\": \"A\"}"
                        .formatted(UUID.randomUUID() + "@example.org"),
                as);
        var verified = shop.post("/api/v1/users/verifications", "{\"token\": \"none\"}", as);

        assertThat(List.of(signedIn.status(), refreshed.status(), signedUp.status()))
                .containsExactly(201, 200, 202);
        assertThat(verified.code()).isEqualTo("VERIFICATION_INVALID");
        assertThat(shop.get("/api/v1/sessions", as).status()).isEqualTo(401);
    }

    @Test
    void refreshAndLogoutAtOnceNeverStandInEachOthersWay() throws Exception {
        shop.member(email);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 30; round++) {
                var tokens = shop.signIn(email, Shop.PASSWORD).body();
                var together = new CyclicBarrier(3);
                var refreshes = IntStream.range(0, 2)
                        .mapToObj(i -> people.submit(() -> {
                            together.await();
                            return shop.refresh(refresh(tokens));
                        }))
                        .toList();
                var logout = people.submit(() -> {
                    together.await();
                    return shop.send("DELETE", "/api/v1/sessions", null, Shop.as(access(tokens)));
                });

                assertThat(logout.get().status()).isIn(204, 401);
                var left = new ArrayList<>(List.of(refresh(tokens)));
                for (var refreshed : refreshes) {
                    assertThat(refreshed.get().status()).isIn(200, 401);
                    if (refreshed.get().status() == 200) {
                        left.add(refresh(refreshed.get().body()));
                    }
                }
                for (var token : left) {
                    assertThat(shop.refresh(token).status()).isEqualTo(401);
                }
            }
        }
    }

    @Test
    void ofTwentyWhoRefreshAtOnceAtMostOneSucceeds() throws Exception {
        var tokens = shop.member(email);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i ->
                            people.submit(() -> shop.refresh(refresh(tokens)).status()))
                    .toList();
            var statuses = new java.util.ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get());
            }

            assertThat(statuses).containsOnly(200, 401).containsOnlyOnce(200);
        }
    }

    @Test
    void aSessionThatHasExpiredIsNeitherRefreshedNorListed() {
        var old = shop.member(email);
        var current = shop.signIn(email, Shop.PASSWORD).body();
        jdbc.sql("update users.session set expires_at = now() - interval '1 second' where account_id = :account"
                        + " and id = (select min(id::text)::uuid from users.session where account_id = :account)")
                .param("account", UUID.fromString(old.path("user").path("id").asString()))
                .update();

        assertThat(shop.refresh(refresh(old)).code()).isEqualTo("SESSION_ENDED");
        assertThat(shop.refresh(refresh(old)).status()).isEqualTo(401);

        var next = shop.refresh(refresh(current));
        assertThat(next.status()).isEqualTo(200);
        assertThat(shop.get("/api/v1/sessions", Shop.as(access(next.body())))
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void signsOutHereOnly() {
        var here = shop.member(email);
        var there = shop.signIn(email, Shop.PASSWORD).body();
        var listed = shop.get("/api/v1/sessions", Shop.as(access(here))).body();
        assertThat(listed.path("items")).hasSize(2);
        assertThat(listed.path("items").path(0).path("current").asBoolean()).isFalse();
        assertThat(listed.path("items").path(1).path("current").asBoolean()).isTrue();

        assertThat(shop.send("DELETE", "/api/v1/sessions/current", null, Shop.as(access(here)))
                        .status())
                .isEqualTo(204);

        assertThat(me(here).status()).isEqualTo(401);
        assertThat(shop.refresh(refresh(here)).status()).isEqualTo(401);
        assertThat(me(there).status()).isEqualTo(200);
        assertThat(shop.get("/api/v1/sessions", Shop.as(access(there))).body().path("items"))
                .hasSize(1);
    }

    /** Again where the machine stood still: one that is told in time is enough. */
    @Test
    void signsOutEverywhereAndTellsEveryServiceWithinASecond() {
        var soonest = untilTold(email);
        for (int i = 1; i < 5 && soonest.compareTo(A_SECOND) > 0; i++) {
            soonest = untilTold("again" + i + email);
        }
        assertThat(soonest).isLessThanOrEqualTo(A_SECOND);
    }

    private Duration untilTold(String email) {
        Duration took;
        var one = shop.member(email);
        var two = shop.signIn(email, Shop.PASSWORD).body();
        var gone = shop.signIn(email, Shop.PASSWORD).body();
        shop.send("DELETE", "/api/v1/sessions/current", null, Shop.as(access(gone)));
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new StringDeserializer())) {
            await().until(() -> consumer.listTopics().containsKey(Topics.SESSIONS));
            var partitions = consumer.partitionsFor(Topics.SESSIONS).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);

            assertThat(shop.send("DELETE", "/api/v1/sessions", null, Shop.as(access(one)))
                            .status())
                    .isEqualTo(204);
            long signedOut = System.nanoTime();

            assertThat(List.of(me(one).status(), me(two).status())).containsOnly(401);
            assertThat(shop.refresh(refresh(two)).status()).isEqualTo(401);
            var types = new java.util.ArrayList<String>();
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(50)).forEach(r -> {
                            if (r.key().equals(one.path("user").path("id").asString())) {
                                types.add(new String(
                                        r.headers().lastHeader("type").value(),
                                        java.nio.charset.StandardCharsets.UTF_8));
                            }
                        });
                        return types.contains("AllSessionsRevoked");
                    });
            took = Duration.ofNanos(System.nanoTime() - signedOut);
            assertThat(types).endsWith("SessionRevoked", "SessionRevoked", "AllSessionsRevoked");
        }
        assertThat(me(shop.signIn(email, Shop.PASSWORD).body()).status()).isEqualTo(200);
        return took;
    }

    @Test
    void refusesFurtherAttemptsAfterTenFailuresWhetherTheEmailIsKnownOrNot() {
        shop.member(email);
        for (var address : List.of(email, UUID.randomUUID() + "@example.org")) {
            for (int i = 0; i < 10; i++) {
                assertThat(shop.signIn(address, "wrong password").code()).isEqualTo("BAD_CREDENTIALS");
            }

            var refused = shop.signIn(address, Shop.PASSWORD);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("TOO_MANY_ATTEMPTS");
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
        }
    }

    /** Nobody has such a password, and it is no reason to say more than that. */
    @Test
    void answersBadCredentialsToAPasswordLongerThanAnyIs() {
        shop.member(email);

        assertThat(shop.signIn(email, "p".repeat(1_000)).code()).isEqualTo("BAD_CREDENTIALS");
        assertThat(shop.signIn(email, "p".repeat(1_001)).code()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void keepsAtMostFiftySessions() {
        var first = shop.member(email);
        JsonNode last = first;
        for (int i = 0; i < 50; i++) {
            last = shop.signIn(email, Shop.PASSWORD).body();
        }

        assertThat(shop.get("/api/v1/sessions?limit=100", Shop.as(access(last)))
                        .body()
                        .path("items"))
                .hasSize(50);
        assertThat(me(first).status()).isEqualTo(401);
    }

    @Test
    void publishesTheKeyThatSigns() {
        var keys = shop.get("/.well-known/jwks.json").body().path("keys");

        assertThat(keys).hasSize(1);
        assertThat(keys.path(0).path("crv").asString()).isEqualTo("P-256");
        assertThat(keys.path(0).path("kid").asString()).isNotEmpty();
        assertThat(keys.path(0).has("d")).isFalse();
    }
}
