package io.openrun.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, Redis and Kafka, started side by side and stopped in order: Kafka, Redis, PostgreSQL.
 *
 * <p>When one of them does not start, the others are stopped again.
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

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final @Nullable PostgresEngine postgres;
    private final @Nullable RedisEngine redis;
    private final @Nullable KafkaEngine kafka;

    private Engines(@Nullable PostgresEngine postgres, @Nullable RedisEngine redis, @Nullable KafkaEngine kafka) {
        this.postgres = postgres;
        this.redis = redis;
        this.kafka = kafka;
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
     * Starts the wanted ones. PostgreSQL and Redis answer when this returns; Kafka takes longer, see
     * {@link #awaitReady}.
     */
    public static Engines launch(Path home, Set<Kind> wanted, List<String> kafkaJvmOptions) {
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafka = submit(starters, wanted, Kind.KAFKA, () -> KafkaEngine.launch(home, 0, kafkaJvmOptions));
            var postgres = submit(starters, wanted, Kind.POSTGRES, () -> PostgresEngine.start(home, 0));
            var redis = submit(starters, wanted, Kind.REDIS, () -> RedisEngine.start(home, 0));
            try {
                return new Engines(started(postgres), started(redis), started(kafka));
            } catch (RuntimeException e) {
                closeInTurn(startedOnes(kafka, redis, postgres));
                throw e;
            }
        }
    }

    /** Returns when every engine answers. */
    public Engines awaitReady() {
        if (kafka != null) {
            kafka.awaitReady();
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

    /** The environment that tells a shop where the engines started here are. */
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        if (postgres != null) {
            environment.put("OPENRUN_DATABASE_URL", postgres.jdbcUrl());
        }
        if (redis != null) {
            environment.put("OPENRUN_REDIS_URL", redis.url());
        }
        if (kafka != null) {
            environment.put("OPENRUN_KAFKA_SERVERS", kafka.servers());
        }
        return environment;
    }

    @Override
    public void close() {
        closeInTurn(present(kafka, redis, postgres));
    }

    private static <T> T here(@Nullable T engine) {
        if (engine == null) {
            throw new IllegalStateException("This engine was not started here");
        }
        return engine;
    }

    private static <T> Future<@Nullable T> submit(
            ExecutorService starters, Set<Kind> wanted, Kind kind, Callable<@Nullable T> starter) {
        return starters.submit(() -> wanted.contains(kind) ? starter.call() : null);
    }

    private static <T> @Nullable T started(Future<@Nullable T> engine) {
        try {
            return engine.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException("An engine did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while the engines started", e);
        }
    }

    @SafeVarargs
    private static List<AutoCloseable> startedOnes(Future<? extends @Nullable AutoCloseable>... engines) {
        var running = new ArrayList<AutoCloseable>();
        for (var engine : engines) {
            try {
                var started = engine.get();
                if (started != null) {
                    running.add(started);
                }
            } catch (ExecutionException e) {
                LOG.debug("This engine did not start and needs no stop", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return running;
    }

    private static List<AutoCloseable> present(@Nullable AutoCloseable... engines) {
        var running = new ArrayList<AutoCloseable>();
        for (var engine : engines) {
            if (engine != null) {
                running.add(engine);
            }
        }
        return running;
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
