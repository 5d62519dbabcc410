package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Engines for tests: each starts when first asked for, once in a test JVM, on a folder that is removed at its end.
 *
 * <p>What a killed test JVM left behind is ended and removed by the next one.
 */
public final class SharedEngines {

    private static final Path ALL_HOMES = Path.of(
            System.getProperty("java.io.tmpdir", "/tmp"),
            "openrun-test-engines-" + System.getProperty("user.name", "anyone"));
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final Once<Path> HOME = new Once<>(SharedEngines::newHome);
    private static final Once<PostgresEngine> POSTGRES = new Once<>(() -> PostgresEngine.start(HOME.get(), 0));
    private static final Once<RedisEngine> REDIS = new Once<>(() -> RedisEngine.start(HOME.get(), 0));
    private static final Once<KafkaEngine> KAFKA = new Once<>(() -> KafkaEngine.start(HOME.get(), 0));

    private SharedEngines() {}

    public static PostgresEngine postgres() {
        return POSTGRES.get();
    }

    public static RedisEngine redis() {
        return REDIS.get();
    }

    public static KafkaEngine kafka() {
        return KAFKA.get();
    }

    /** The JDBC address, with user and password, of a new and empty database on the shared server. */
    public static String newDatabase() {
        return postgres().createDatabase("test_" + DATABASES.incrementAndGet());
    }

    /** Development keys shared by all tests of this JVM. */
    public static ShopSecrets secrets() {
        return ShopSecrets.in(HOME.get().resolve("keys"));
    }

    /**
     * What a service must know to run on these engines, on a new database; starts all three engines.
     *
     * <p>Usable with {@code @DynamicPropertySource}:
     * {@code SharedEngines.properties().forEach((name, value) -> registry.add(name, () -> value))}.
     */
    public static Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("OPENRUN_DATABASE_URL", newDatabase());
        properties.put("OPENRUN_REDIS_URL", redis().url());
        properties.put("OPENRUN_KAFKA_SERVERS", kafka().servers());
        properties.putAll(secrets().environment());
        return properties;
    }

    private static Path newHome() {
        try {
            Files.createDirectories(ALL_HOMES);
            removeAbandoned();
            var home = Files.createTempDirectory(ALL_HOMES, "home-");
            ProcessRecord.of(ProcessHandle.current()).writeTo(home.resolve("owner.pid"));
            Runtime.getRuntime().addShutdownHook(new Thread(SharedEngines::stopAll, "shared-engines-stop"));
            return home;
        } catch (IOException e) {
            throw new EngineException("Cannot create a folder for test engines: " + e.getMessage(), e);
        }
    }

    /** At the end nothing is worth keeping, so the engines are killed: fast, and they are child processes. */
    private static void stopAll() {
        KAFKA.ifStarted(KafkaEngine::kill);
        REDIS.ifStarted(RedisEngine::kill);
        POSTGRES.ifStarted(PostgresEngine::kill);
        HOME.ifStarted(SharedEngines::remove);
    }

    private static void removeAbandoned() throws IOException {
        try (var homes = Files.list(ALL_HOMES)) {
            for (var home : homes.toList()) {
                var owner = ProcessRecord.readFrom(home.resolve("owner.pid"));
                if (owner.isPresent() && owner.get().find().isEmpty()) {
                    Engines.endOrphans(home);
                    remove(home);
                }
            }
        }
    }

    private static void remove(Path folder) {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A folder in the temporary directory that resists removal harms nobody; the next run tries again.
            return;
        }
    }

    private static final class Once<T> {
        private final Supplier<T> starter;
        private @Nullable T value;

        Once(Supplier<T> starter) {
            this.starter = starter;
        }

        synchronized T get() {
            var existing = value;
            if (existing == null) {
                existing = starter.get();
                value = existing;
            }
            return existing;
        }

        synchronized void ifStarted(java.util.function.Consumer<T> action) {
            if (value != null) {
                action.accept(value);
            }
        }
    }
}
