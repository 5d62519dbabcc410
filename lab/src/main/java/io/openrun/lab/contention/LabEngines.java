package io.openrun.lab.contention;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openrun.engines.EngineException;
import io.openrun.engines.Engines;
import io.openrun.engines.Engines.Kind;
import java.io.IOException;
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
            throw new EngineException("Redis cannot be reached: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
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

    /** The database server's process, if it runs for the laboratory. */
    OptionalLong databasePid() {
        return own.has(Kind.POSTGRES) ? OptionalLong.of(own.postgres().pid()) : OptionalLong.empty();
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
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new EngineException("The database cannot be reached: " + firstLine(reason), e);
        }
    }

    private static String firstLine(Throwable reason) {
        return String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
    }
}
