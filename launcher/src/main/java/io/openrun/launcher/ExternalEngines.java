package io.openrun.launcher;

import io.openrun.engines.Engines;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engines somebody else runs, by address; those without one are started here. */
record ExternalEngines(
        @Nullable String databaseUrl,
        @Nullable String redisUrl,
        @Nullable String kafkaServers) {

    private static final List<String> KEYS =
            List.of("OPENRUN_SERVICE_KEY", "OPENRUN_SIGNING_KEY_FILE", "OPENRUN_DATA_KEY");

    ExternalEngines {
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw Failure.ofInput(
                    "--database-url looks like jdbc:postgresql://host:5432/name?user=...&password=..., and yours does not.");
        }
        if (redisUrl != null && !redisUrl.matches("rediss?://.+")) {
            throw Failure.ofInput("--redis-url looks like redis://host:6379, and yours does not.");
        }
        if (kafkaServers != null && !kafkaServers.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*")) {
            throw Failure.ofInput("--kafka-servers looks like host:9092,host:9092, and yours does not.");
        }
    }

    boolean none() {
        return databaseUrl == null && redisUrl == null && kafkaServers == null;
    }

    /** Keys made up here would be lost with this folder, and with them what they protect elsewhere. */
    void requireKeys(Map<String, String> environment) {
        var missing = KEYS.stream()
                .filter(key -> environment.getOrDefault(key, "").isBlank())
                .toList();
        if (!none() && !missing.isEmpty()) {
            throw Failure.ofInput("With engines of your own the keys are yours too: set " + String.join(", ", missing)
                    + " in the environment.");
        }
    }

    Set<Engines.Kind> toStartHere() {
        var kinds = EnumSet.noneOf(Engines.Kind.class);
        if (databaseUrl == null) {
            kinds.add(Engines.Kind.POSTGRES);
        }
        if (redisUrl == null) {
            kinds.add(Engines.Kind.REDIS);
        }
        if (kafkaServers == null) {
            kinds.add(Engines.Kind.KAFKA);
        }
        return kinds;
    }

    /** The names of those started here, for the person at the terminal. */
    String namesOfThoseHere() {
        var names = new ArrayList<String>();
        if (databaseUrl == null) {
            names.add("PostgreSQL");
        }
        if (redisUrl == null) {
            names.add("Redis");
        }
        if (kafkaServers == null) {
            names.add("Kafka");
        }
        return String.join(", ", names);
    }

    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        putIfGiven(environment, "OPENRUN_DATABASE_URL", databaseUrl);
        putIfGiven(environment, "OPENRUN_REDIS_URL", redisUrl);
        putIfGiven(environment, "OPENRUN_KAFKA_SERVERS", kafkaServers);
        return environment;
    }

    /** A database address holds a password. */
    @Override
    public String toString() {
        return "ExternalEngines[here: " + toStartHere() + "]";
    }

    private static void putIfGiven(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
