package io.openrun.lab.contention;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openrun.engines.EngineException;
import io.openrun.engines.Engines;
import io.openrun.engines.Engines.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database and Redis: those that were given, and the others started for the laboratory alone. */
final class LabEngines implements AutoCloseable {

    private static final int CONNECTIONS = 2;
    private static final int CONNECTION_CHECK_SECONDS = 5;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final Engines own;
    private final String databaseUrl;
    private final String redisUrl;
    private final HikariDataSource database;

    private LabEngines(Engines own, String databaseUrl, String redisUrl, HikariDataSource database) {
        this.own = own;
        this.databaseUrl = databaseUrl;
        this.redisUrl = redisUrl;
        this.database = database;
    }

    /**
     * Starts what was not given and makes sure that all answer.
     *
     * @throws EngineException if one does not; the message is a sentence without passwords
     */
    static LabEngines open(@Nullable String databaseUrl, @Nullable String redisUrl, Path folder) {
        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        if (databaseUrl == null) {
            wanted.add(Kind.POSTGRES);
        }
        if (redisUrl == null) {
            wanted.add(Kind.REDIS);
        }
        Engines own = Engines.launch(folder, wanted, List.of());
        try {
            String redis = redisUrl == null ? own.redis().url() : redisUrl;
            String postgres = databaseUrl == null ? own.postgres().jdbcUrl() : databaseUrl;
            RedisInfo.of(redis);
            return new LabEngines(own, postgres, redis, connected(postgres));
        } catch (IOException e) {
            own.close();
            throw new EngineException("Redis cannot be reached: " + reason(e), e);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** The options that name these engines, with {@code …} in the place of who logs in and how; empty for our own. */
    String options() {
        return (databaseIsTheirs() ? " --database-url " + EngineAddress.withoutSecrets(databaseUrl) : "")
                + (redisIsTheirs() ? " --redis-url " + EngineAddress.withoutSecrets(redisUrl) : "");
    }

    String databaseUrl() {
        return databaseUrl;
    }

    String redisUrl() {
        return redisUrl;
    }

    HikariDataSource database() {
        return database;
    }

    /** Nothing more can be measured without the database. */
    void requireDatabase() throws SQLException {
        try (var connection = database.getConnection()) {
            if (!connection.isValid(CONNECTION_CHECK_SECONDS)) {
                throw new SQLException("the database does not answer any more");
            }
        }
    }

    /** The database server's process, if it runs for the laboratory. */
    OptionalLong databasePid() {
        return own.has(Kind.POSTGRES) ? OptionalLong.of(own.postgres().pid()) : OptionalLong.empty();
    }

    /** Redis's process, if it runs for the laboratory. */
    OptionalLong redisPid() {
        return own.has(Kind.REDIS) ? OptionalLong.of(own.redis().pid()) : OptionalLong.empty();
    }

    /** Whether the database was given, so that what was made there has to be removed. */
    boolean databaseIsTheirs() {
        return !own.has(Kind.POSTGRES);
    }

    /** Whether Redis was given. */
    boolean redisIsTheirs() {
        return !own.has(Kind.REDIS);
    }

    @Override
    public void close() {
        database.close();
        own.close();
    }

    private static HikariDataSource connected(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        config.setInitializationFailTimeout(-1);
        HikariDataSource pool = new HikariDataSource(config);
        try (var connection = pool.getConnection()) {
            if (!connection.isValid(CONNECTION_CHECK_SECONDS)) {
                throw new EngineException("The database does not answer.");
            }
            return pool;
        } catch (SQLException e) {
            pool.close();
            throw new EngineException("The database cannot be reached: " + reason(e), e);
        }
    }

    /** What lies deepest says most; the message of an unknown host is only its name. */
    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message =
                String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        return deepest instanceof UnknownHostException ? "there is no host " + message : message;
    }
}
