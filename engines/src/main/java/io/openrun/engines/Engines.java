package io.openrun.engines;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Redis and Kafka, started side by side and stopped in order: Kafka, Redis, PostgreSQL.
 *
 * <p>When one of them does not start, the others are stopped again.
 */
public record Engines(PostgresEngine postgres, RedisEngine redis, KafkaEngine kafka) implements AutoCloseable {

    /** Starts all three on the data of {@code home}, on any free ports. */
    public static Engines start(Path home) {
        return start(home, List.of());
    }

    /** As {@link #start(Path)}, with more options for the broker's JVM. */
    public static Engines start(Path home, List<String> kafkaJvmOptions) {
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafka = CompletableFuture.supplyAsync(() -> KafkaEngine.start(home, 0, kafkaJvmOptions), starters);
            var postgres = CompletableFuture.supplyAsync(() -> PostgresEngine.start(home, 0), starters);
            var redis = CompletableFuture.supplyAsync(() -> RedisEngine.start(home, 0), starters);
            try {
                return new Engines(started(postgres), started(redis), started(kafka));
            } catch (RuntimeException e) {
                closeIfStarted(kafka);
                closeIfStarted(redis);
                closeIfStarted(postgres);
                throw e;
            }
        }
    }

    /** Ends engines that an earlier, killed run left behind on {@code home}. */
    public static void endOrphans(Path home) {
        var engineHome = new EngineHome(home);
        KafkaEngine.endOrphan(engineHome);
        RedisEngine.endOrphan(engineHome);
        PostgresEngine.endOrphan(engineHome);
    }

    /** The environment that tells a shop where these engines are. */
    public Map<String, String> environment() {
        return Map.of(
                "OPENRUN_DATABASE_URL", postgres.jdbcUrl(),
                "OPENRUN_REDIS_URL", redis.url(),
                "OPENRUN_KAFKA_SERVERS", kafka.servers());
    }

    @Override
    public void close() {
        inTurn(List.of(kafka, redis, postgres));
    }

    private static void inTurn(List<? extends AutoCloseable> engines) {
        @Nullable RuntimeException first = null;
        for (var engine : engines) {
            try {
                engine.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            } catch (Exception e) {
                throw new EngineException("Cannot stop an engine: " + e.getMessage(), e);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static <T> T started(CompletableFuture<T> engine) {
        try {
            return engine.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException("An engine did not start: " + e.getMessage(), e);
        }
    }

    private static <T extends AutoCloseable> void closeIfStarted(CompletableFuture<T> engine) {
        engine.handle((running, failure) -> running)
                .thenAccept(running -> {
                    if (running != null) {
                        inTurn(List.of(running));
                    }
                })
                .join();
    }
}
