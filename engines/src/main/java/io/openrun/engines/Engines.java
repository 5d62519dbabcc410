package io.openrun.engines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Redis and Kafka, started side by side and stopped in order: Kafka, Redis, PostgreSQL.
 *
 * <p>They start in the background; whoever has launched them closes them, also when one of them did not start.
 */
public final class Engines implements AutoCloseable {

    /** One of the three. */
    public enum Kind {
        /** The database, which decides. */
        POSTGRES,
        /** Hints and caches. */
        REDIS,
        /** Events between services. */
        KAFKA
    }

    /** What their processes are called in a folder's records. */
    static final Set<String> NAMES = Set.of(PostgresEngine.NAME, RedisEngine.NAME, KafkaEngine.NAME);

    /** A shop may start before its database answers, which after a crash has a log to read first. */
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(70);

    private final @Nullable Launched<PostgresEngine> postgres;
    private final @Nullable Launched<RedisEngine> redis;
    private final @Nullable Launched<KafkaEngine> kafka;

    private Engines(
            @Nullable Launched<PostgresEngine> postgres,
            @Nullable Launched<RedisEngine> redis,
            @Nullable Launched<KafkaEngine> kafka) {
        this.postgres = postgres;
        this.redis = redis;
        this.kafka = kafka;
    }

    /** One that is on its way: where it will answer is known at once. */
    private record Launched<T extends AutoCloseable>(int port, CompletableFuture<T> engine) {

        static <T extends AutoCloseable> Launched<T> on(int port, IntFunction<T> starter) {
            return new Launched<>(
                    port, CompletableFuture.supplyAsync(() -> starter.apply(port), Thread::startVirtualThread));
        }

        T started() {
            try {
                return engine.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof EngineException cause
                        ? cause
                        : new EngineException("An engine did not start: " + e.getMessage(), e);
            }
        }

        /** Once it is known whether it started: the engine, if it did. */
        Optional<T> ifStarted() {
            return engine.thenApply(Optional::of)
                    .exceptionally(failed -> Optional.empty())
                    .join();
        }
    }

    /** Starts all three on the data of {@code home}, on any free ports, and waits until they answer. */
    public static Engines start(Path home) {
        var engines = launch(home, EnumSet.allOf(Kind.class), List.of());
        try {
            return engines.awaitReady();
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    /**
     * Starts the wanted ones and returns at once: where they are going to answer is known, and whoever asks for one of
     * them waits for it.
     */
    public static Engines launch(Path home, Set<Kind> wanted, List<String> kafkaJvmOptions) {
        return new Engines(
                wanted.contains(Kind.POSTGRES)
                        ? Launched.on(FreePort.any(), port -> PostgresEngine.start(home, port))
                        : null,
                wanted.contains(Kind.REDIS) ? Launched.on(FreePort.any(), port -> RedisEngine.start(home, port)) : null,
                wanted.contains(Kind.KAFKA)
                        ? Launched.on(FreePort.any(), port -> KafkaEngine.launch(home, port, kafkaJvmOptions))
                        : null);
    }

    /**
     * Returns when every engine answers.
     *
     * @throws EngineException when one of them did not start; the others run until they are closed
     */
    public Engines awaitReady() {
        if (postgres != null) {
            postgres.started();
        }
        if (redis != null) {
            redis.started();
        }
        if (kafka != null) {
            kafka.started().awaitReady();
        }
        return this;
    }

    /** Ends engines that an earlier, killed run left behind on {@code home}. */
    public static void endOrphans(Path home) {
        var engineHome = new EngineHome(home);
        KafkaEngine.endOrphan(engineHome);
        RedisEngine.endOrphan(engineHome);
        PostgresEngine.endOrphan(engineHome);
    }

    /** Whether this one was started here. */
    public boolean has(Kind kind) {
        return switch (kind) {
            case POSTGRES -> postgres != null;
            case REDIS -> redis != null;
            case KAFKA -> kafka != null;
        };
    }

    public PostgresEngine postgres() {
        return here(postgres);
    }

    public RedisEngine redis() {
        return here(redis);
    }

    public KafkaEngine kafka() {
        return here(kafka);
    }

    /** Kills the broker at once, as a crash would, if it started here; the others run on. */
    public void killKafka() {
        if (kafka != null) {
            kafka.ifStarted().ifPresent(KafkaEngine::kill);
        }
    }

    /** The environment that tells a shop where the engines started here are, or will be. */
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        if (postgres != null) {
            environment.put("OPENRUN_DATABASE_URL", PostgresEngine.jdbcUrlOn(postgres.port()));
            environment.put(
                    "SPRING_DATASOURCE_HIKARI_INITIALIZATIONFAILTIMEOUT", Long.toString(DATABASE_PATIENCE.toMillis()));
        }
        if (redis != null) {
            environment.put("OPENRUN_REDIS_URL", RedisEngine.urlOn(redis.port()));
        }
        if (kafka != null) {
            environment.put("OPENRUN_KAFKA_SERVERS", KafkaEngine.serversOn(kafka.port()));
        }
        return environment;
    }

    /** Stops those that started; one that is on its way is waited for. */
    @Override
    public void close() {
        var running = new ArrayList<AutoCloseable>();
        for (var launched : Arrays.<@Nullable Launched<?>>asList(kafka, redis, postgres)) {
            if (launched != null) {
                launched.ifStarted().ifPresent(running::add);
            }
        }
        closeInTurn(running);
    }

    private static <T extends AutoCloseable> T here(@Nullable Launched<T> launched) {
        if (launched == null) {
            throw new IllegalStateException("This engine was not started here");
        }
        return launched.started();
    }

    private static void closeInTurn(List<AutoCloseable> engines) {
        @Nullable RuntimeException first = null;
        for (var engine : engines) {
            try {
                engine.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            } catch (Exception e) {
                first = first == null ? new EngineException("Cannot stop an engine: " + e.getMessage(), e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
