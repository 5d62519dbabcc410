package io.openrun.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL 18 as a child process, durable: what it acknowledged is on disk.
 *
 * <p>Bound to 127.0.0.1. One database {@code openrun}, owned by the role {@code openrun}. Data is kept in
 * {@code <home>/postgres} and recovered by the write-ahead log after a crash.
 */
public final class PostgresEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);
    static final String NAME = "postgres";
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "openrun";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /**
     * The library starts the server with the first three off, on its command line, where no later setting
     * reaches them; a shop that answers "yours" after the commit needs all three on.
     */
    private static final Map<String, String> DURABILITY =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final Map<String, String> THROUGHPUT = Map.ofEntries(
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "512MB"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("min_wal_size", "1GB"),
            Map.entry("wal_buffers", "32MB"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""));

    private final EmbeddedPostgres server;
    private final OwnedProcess postmaster;

    private PostgresEngine(EmbeddedPostgres server, OwnedProcess postmaster) {
        this.server = server;
        this.postmaster = postmaster;
    }

    /** Starts the server on the data of {@code home}; {@code port} 0 takes any free one. */
    public static PostgresEngine start(Path home, int port) {
        var engineHome = new EngineHome(home);
        endOrphan(engineHome);
        var data = engineHome.data(NAME);
        PostgresLeftovers.clear(data);
        var server = launch(data, engineHome.freshLog(NAME), FreePort.orAny(port));
        var postmaster =
                OwnedProcess.adopt(ProcessHandle.of(postmasterPid(data)).orElseThrow(), engineHome.record(NAME));
        try {
            createDatabaseOnce(server.getPort());
        } catch (EngineException e) {
            postmaster.stop("INT", STOP_LIMIT);
            throw e;
        }
        return new PostgresEngine(server, postmaster);
    }

    /** Ends a server that an earlier, killed run left behind on this home. */
    static void endOrphan(EngineHome home) {
        OwnedProcess.orphan(home.record(NAME)).ifPresent(orphan -> {
            LOG.info("Stopping PostgreSQL (process {}) that an earlier run left behind", orphan.pid());
            orphan.stop("INT", STOP_LIMIT);
        });
    }

    /** The JDBC address of the shop's database, with user and password. */
    public String jdbcUrl() {
        return jdbcUrl(OWNER);
    }

    /** The same of a server that will answer on this port. */
    static String jdbcUrlOn(int port) {
        return url(port, OWNER, OWNER);
    }

    /** The JDBC address of another database on this server. */
    public String jdbcUrl(String database) {
        return url(server.getPort(), database, OWNER);
    }

    public int port() {
        return server.getPort();
    }

    /** The process id of the server's main process. */
    public long pid() {
        return postmaster.pid();
    }

    /** Creates an empty database owned by the shop's role and answers its JDBC address. */
    public String createDatabase(String name) {
        try (var connection = superuser(server.getPort());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + quoted(name) + " OWNER " + OWNER);
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new EngineException("Cannot create database " + name + ": " + e.getMessage(), e);
        }
    }

    /** Kills the server and its children at once, as a crash would: for fault tests. */
    public void kill() {
        postmaster.kill();
    }

    @Override
    public void close() {
        if (postmaster.isAlive()) {
            try {
                server.close();
            } catch (IOException e) {
                LOG.warn("PostgreSQL was told to stop and answered with an error", e);
            }
        }
        postmaster.stop("INT", STOP_LIMIT);
    }

    private static EmbeddedPostgres launch(Path data, Path log, int port) {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(EngineHome.programs().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setPort(port);
        THROUGHPUT.forEach(builder::setServerConfig);
        DURABILITY.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException | RuntimeException e) {
            PostgresLeftovers.clear(data);
            throw new EngineException("PostgreSQL did not start; its log is " + log, e);
        }
    }

    private static long postmasterPid(Path data) {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException e) {
            throw new EngineException("PostgreSQL started without a pid file in " + data, e);
        }
    }

    private static void createDatabaseOnce(int port) {
        try (var connection = superuser(port);
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'openrun'")) {
                if (row.next()) {
                    return;
                }
            }
            statement.execute("CREATE ROLE openrun LOGIN CREATEDB PASSWORD 'openrun'");
            statement.execute("GRANT pg_monitor, pg_checkpoint TO openrun");
            statement.execute("CREATE DATABASE openrun OWNER openrun");
        } catch (SQLException e) {
            throw new EngineException("Cannot create the shop's database: " + e.getMessage(), e);
        }
    }

    private static Connection superuser(int port) throws SQLException {
        return DriverManager.getConnection(url(port, SUPERUSER, SUPERUSER));
    }

    private static String url(int port, String database, String user) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s".formatted(port, database, user, user);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
