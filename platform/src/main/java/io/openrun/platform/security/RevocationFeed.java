package io.openrun.platform.security;

import io.openrun.contracts.SessionEvent;
import io.openrun.contracts.Topics;
import io.openrun.platform.events.EventCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Fills {@link Revocations} from {@link Topics#SESSIONS}. Every instance reads the whole recent topic by itself,
 * without a group, from one token life ago on.
 *
 * <p>Healthy once the past has been read, or once patience has run out: a shop whose Kafka is away still opens, as it
 * would go on selling if Kafka went away later.
 */
final class RevocationFeed implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(RevocationFeed.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(2);

    /** Told by the producer's clock, looked up by the broker's: start a little earlier. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final EventCodec codec;
    private final Revocations revocations;
    private final Duration tokenLife;
    private final Clock clock;
    private final Instant readyAnyway;

    private volatile boolean running;
    private volatile boolean caughtUp;
    private volatile @Nullable Consumer<String, byte[]> current;
    private @Nullable Thread thread;

    RevocationFeed(
            Supplier<Consumer<String, byte[]>> consumers,
            EventCodec codec,
            Revocations revocations,
            Duration tokenLife,
            Duration patience,
            Clock clock) {
        this.consumers = consumers;
        this.codec = codec;
        this.revocations = revocations;
        this.tokenLife = tokenLife;
        this.clock = clock;
        this.readyAnyway = clock.instant().plus(patience);
    }

    @Override
    public Health health() {
        if (caughtUp) {
            return Health.up().build();
        }
        boolean patient = clock.instant().isBefore(readyAnyway);
        return (patient ? Health.outOfService() : Health.up())
                .withDetail("revocations", "not read yet")
                .build();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("revocations").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        var started = thread;
        if (started != null) {
            try {
                started.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (var consumer = consumers.get()) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException stopping) {
                log.debug("stopping: {}", stopping.toString());
            } catch (RuntimeException e) {
                log.warn("cannot read revocations, trying again: {}", e.toString());
                pause();
            } finally {
                current = null;
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, Long> ends = Map.of();
        var lookAgain = Instant.MIN;
        while (running) {
            if (clock.instant().isAfter(lookAgain)) {
                ends = assignNew(consumer, ends);
                revocations.forgetOld();
                lookAgain = clock.instant().plus(consumer.assignment().isEmpty() ? RETRY : LOOK_FOR_PARTITIONS);
            }
            if (consumer.assignment().isEmpty()) {
                caughtUp = true;
                pause();
                continue;
            }
            // Asked before reading on: where nothing was revoked lately, there is nothing to wait for.
            if (!caughtUp && reached(consumer, ends)) {
                caughtUp = true;
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    /** Takes over every partition of the topic, new ones from one token life ago; returns where they end now. */
    private Map<TopicPartition, Long> assignNew(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> endsBefore) {
        // Asking for the topic makes a broker that may create topics create it: the first revocation ever is in time
        // too.
        var infos = Objects.requireNonNullElse(consumer.partitionsFor(Topics.SESSIONS, ASK), List.<PartitionInfo>of());
        Set<TopicPartition> all = infos.stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .collect(Collectors.toSet());
        var known = consumer.assignment();
        if (known.containsAll(all)) {
            return endsBefore;
        }
        var fresh = new ArrayList<>(all);
        fresh.removeAll(known);
        var ends = consumer.endOffsets(all, ASK);
        long since = clock.instant().minus(tokenLife).minus(CLOCK_SKEW).toEpochMilli();
        var starts = consumer.offsetsForTimes(fresh.stream().collect(Collectors.toMap(p -> p, p -> since)), ASK);
        consumer.assign(all);
        for (var partition : fresh) {
            var start = starts.get(partition);
            consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
        }
        return ends;
    }

    private static boolean reached(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), ASK) >= end.getValue());
    }

    private void take(ConsumerRecord<String, byte[]> received) {
        try {
            codec.read(received)
                    .filter(SessionEvent.class::isInstance)
                    .map(SessionEvent.class::cast)
                    .ifPresent(revocations::accept);
        } catch (RuntimeException e) {
            log.error("skipping an unreadable record at {}-{}", received.partition(), received.offset(), e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
