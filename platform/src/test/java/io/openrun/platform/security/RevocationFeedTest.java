package io.openrun.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.Event;
import io.openrun.contracts.OrderEvent;
import io.openrun.contracts.SessionEvent.AllSessionsRevoked;
import io.openrun.contracts.SessionEvent.SessionRevoked;
import io.openrun.contracts.Topics;
import io.openrun.engines.SharedEngines;
import io.openrun.platform.events.EventCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class RevocationFeedTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private final EventCodec codec = new EventCodec();
    private final Revocations revocations = new Revocations(Clock.systemUTC(), TOKEN_LIFE);
    private RevocationFeed feed;

    private RevocationFeed feed(String servers, Duration patience) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", servers));
        feed = new RevocationFeed(
                () -> new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer()),
                codec,
                revocations,
                TOKEN_LIFE,
                patience,
                Clock.systemUTC());
        return feed;
    }

    @AfterEach
    void stop() {
        feed.stop();
    }

    private void publish(Event... events) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedEngines.kafka().servers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var event : events) {
                producer.send(codec.toRecord(Topics.SESSIONS, event)).get();
            }
            producer.send(new ProducerRecord<>(Topics.SESSIONS, "junk", new byte[] {1, 2, 3}))
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Caller caller(UUID userId, UUID sessionId) {
        var before = Instant.now().minusSeconds(60);
        return new Caller(userId, sessionId, Set.of("USER"), before, before.plus(TOKEN_LIFE));
    }

    @Test
    void readsThePastBeforeItIsReadyAndThePresentWithinASecond() {
        var early = caller(UUID.randomUUID(), UUID.randomUUID());
        var late = caller(UUID.randomUUID(), UUID.randomUUID());
        publish(
                new SessionRevoked(early.userId(), early.sessionId(), Instant.now()),
                new OrderEvent.OrderCancelled(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), Instant.now()));

        feed(SharedEngines.kafka().servers(), Duration.ofMinutes(1)).start();

        await().until(() -> feed.health().getStatus().equals(Status.UP));
        assertThat(revocations.covers(early)).isTrue();
        assertThat(revocations.covers(late)).isFalse();

        var soonest = untilCovered(late);
        for (int i = 1; i < 5 && soonest.compareTo(A_SECOND) > 0; i++) {
            soonest = untilCovered(caller(UUID.randomUUID(), UUID.randomUUID()));
        }
        assertThat(soonest).isLessThanOrEqualTo(A_SECOND);
    }

    /** To be tried again where the machine stood still. */
    private Duration untilCovered(Caller caller) {
        publish(new AllSessionsRevoked(caller.userId(), Instant.now()));
        long published = System.nanoTime();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> revocations.covers(caller));
        return Duration.ofNanos(System.nanoTime() - published);
    }

    @Test
    void waitsForAnAbsentBrokerOnlyAsLongAsItsPatience() {
        feed("127.0.0.1:1", Duration.ofSeconds(1)).start();

        assertThat(feed.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> feed.health().getStatus().equals(Status.UP));
    }

    @Test
    void forgetsARevocationOnceItsTokensHaveExpired() {
        feed("127.0.0.1:1", Duration.ZERO);
        var caller = caller(UUID.randomUUID(), UUID.randomUUID());

        revocations.accept(new SessionRevoked(
                caller.userId(), caller.sessionId(), Instant.now().minus(TOKEN_LIFE)));
        revocations.forgetOld();

        assertThat(revocations.covers(caller)).isFalse();
    }
}
