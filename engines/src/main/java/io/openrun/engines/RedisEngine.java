package io.openrun.engines;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis 7 as a process of its own, bound to 127.0.0.1, its snapshot in {@code <home>/redis}.
 *
 * <p>Redis only ever holds hints, so it takes snapshots now and then and never makes a writer wait for one.
 */
public final class RedisEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisEngine.class);
    static final String NAME = "redis";
    private static final String VERSION = "7.0.15";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int REPLY_LIMIT_BYTES = 16 * 1024;
    private static final int REPLY_TIMEOUT_MILLIS = 1000;
    private static final Pattern PROCESS_ID = Pattern.compile("process_id:(\\d+)");

    private final int port;
    private final OwnedProcess server;

    private RedisEngine(int port, OwnedProcess server) {
        this.port = port;
        this.server = server;
    }

    /** Starts the server on the data of {@code home}; {@code port} 0 takes any free one. */
    public static RedisEngine start(Path home, int port) {
        var engineHome = new EngineHome(home);
        endOrphan(engineHome);
        int actualPort = FreePort.orAny(port);
        var log = engineHome.freshLog(NAME);
        launch(engineHome, actualPort, log);
        if (!Patience.until(
                START_LIMIT, Duration.ofMillis(10), () -> processId(actualPort).isPresent())) {
            throw new EngineException("Redis did not start; its log is " + log);
        }
        var process = processId(actualPort).flatMap(ProcessHandle::of).orElseThrow();
        return new RedisEngine(actualPort, OwnedProcess.adopt(process, engineHome.record(NAME)));
    }

    /** Ends a server that an earlier, killed run left behind on this home. */
    static void endOrphan(EngineHome home) {
        OwnedProcess.orphan(home.record(NAME)).ifPresent(orphan -> {
            LOG.info("Stopping Redis (process {}) that an earlier run left behind", orphan.pid());
            orphan.stop(STOP_LIMIT);
        });
    }

    public String url() {
        return urlOn(port);
    }

    static String urlOn(int port) {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return server.pid();
    }

    /** Kills the server at once, as a crash would: for fault tests. */
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.stop(STOP_LIMIT);
    }

    /** Redis detaches itself ({@code daemonize}): it would otherwise take the terminal's Ctrl-C for itself. */
    private static void launch(EngineHome home, int port, Path log) {
        var command = List.of(
                program().toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                home.data(NAME).toString(),
                "--logfile",
                log.toString(),
                "--daemonize",
                "yes",
                "--pidfile",
                home.data(NAME).resolve("redis.pid").toString(),
                "--appendonly",
                "no",
                "--save",
                "300 1",
                "--stop-writes-on-bgsave-error",
                "no",
                "--maxmemory",
                "512mb",
                "--maxmemory-policy",
                "volatile-lru");
        try {
            var starter = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (starter.waitFor() != 0) {
                throw new EngineException("Redis did not start; its log is " + log);
            }
        } catch (IOException e) {
            throw new EngineException("Cannot start Redis: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while Redis started", e);
        }
    }

    private static Optional<Long> processId(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), REPLY_TIMEOUT_MILLIS);
            socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
            return readProcessId(socket.getInputStream());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> readProcessId(InputStream reply) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[2048];
        while (text.length() < REPLY_LIMIT_BYTES) {
            int read = reply.read(buffer);
            if (read < 0) {
                break;
            }
            text.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
            var match = PROCESS_ID.matcher(text);
            if (match.find() && match.end() < text.length()) {
                return Optional.of(Long.parseLong(match.group(1)));
            }
        }
        return Optional.empty();
    }

    private static Path program() {
        var name = "redis-server-" + VERSION + "-" + system() + "-" + architecture();
        var program = EngineHome.programs().resolve(name);
        if (Files.isExecutable(program)) {
            return program;
        }
        try (var packed = RedisEngine.class.getResourceAsStream("/" + name)) {
            if (packed == null) {
                throw new EngineException(
                        "There is no embedded Redis for this machine (" + name + "): use --redis-url");
            }
            var unpacked = Files.createTempFile(program.getParent(), name, ".part");
            Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
            if (!unpacked.toFile().setExecutable(true, true)) {
                throw new EngineException("Cannot make " + unpacked + " executable");
            }
            return Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EngineException("Cannot unpack Redis to " + program + ": " + e.getMessage(), e);
        }
    }

    private static String system() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }
}
