package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Kafka, one KRaft node in a child process, bound to 127.0.0.1, its log in {@code <home>/kafka}.
 *
 * <p>Topics are created on first use. Storage is formatted once and kept.
 */
public final class KafkaEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEngine.class);
    static final String NAME = "kafka";
    private static final String READY = "Kafka Server started";
    private static final String CLUSTER_ID = "b3BlbnJ1bi1sb2NhbC0wMQ";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    static final List<String> JVM_OPTIONS = List.of(
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // As for the shop: loading classes is no reason for a full collection.
            "-XX:MetaspaceSize=128m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlog4j2.disable.jmx=true");

    private final int port;
    private final OwnedProcess broker;
    private final Path log;

    private KafkaEngine(int port, OwnedProcess broker, Path log) {
        this.port = port;
        this.broker = broker;
        this.log = log;
    }

    /** Starts the broker on the data of {@code home} and waits for it; {@code port} 0 takes any free one. */
    public static KafkaEngine start(Path home, int port) {
        return launch(home, port, List.of()).awaitReady();
    }

    /** Starts the broker and returns at once; {@code jvmOptions} come after its own. */
    public static KafkaEngine launch(Path home, int port, List<String> jvmOptions) {
        var engineHome = new EngineHome(home);
        endOrphan(engineHome);
        int actualPort = FreePort.orAny(port);
        var data = engineHome.data(NAME);
        var settings = writeSettings(data, actualPort, FreePort.any());
        var logging = writeLogging(data);
        formatOnce(data);
        var log = engineHome.freshLog(NAME);
        var command = new ArrayList<>(javaCommand(logging, jvmOptions));
        command.addAll(List.of("kafka.Kafka", settings.toString()));
        var broker = OwnedProcess.start(command, Map.of(), log, engineHome.record(NAME));
        return new KafkaEngine(actualPort, broker, log);
    }

    /** Returns when the broker takes requests; stops it when it does not. */
    public KafkaEngine awaitReady() {
        boolean started =
                Patience.until(START_LIMIT, Duration.ofMillis(20), () -> !broker.isAlive() || contains(log, READY));
        if (!started || !broker.isAlive()) {
            broker.stop(Duration.ofSeconds(1));
            throw new EngineException("Kafka did not start; its log is " + log);
        }
        return this;
    }

    /** Ends a broker that an earlier, killed run left behind on this home. */
    static void endOrphan(EngineHome home) {
        OwnedProcess.orphan(home.record(NAME)).ifPresent(orphan -> {
            LOG.info("Stopping Kafka (process {}) that an earlier run left behind", orphan.pid());
            orphan.stop(STOP_LIMIT);
        });
    }

    /** The bootstrap servers. */
    public String servers() {
        return serversOn(port);
    }

    static String serversOn(int port) {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return broker.pid();
    }

    /** Kills the broker at once, as a crash would: for fault tests. */
    public void kill() {
        broker.kill();
    }

    @Override
    public void close() {
        broker.stop(STOP_LIMIT);
    }

    /** The broker's Java, without the program. */
    private static List<String> javaCommand(Path logging, List<String> jvmOptions) {
        var command = new ArrayList<>(List.of(JavaProgram.path()));
        command.addAll(JVM_OPTIONS);
        command.add("-Dlogback.configurationFile=" + logging);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", JavaProgram.thirdPartyClassPath()));
        return command;
    }

    private static Path writeSettings(Path data, int port, int controllerPort) {
        return write(data.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=true
                num.partitions=4
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.dedupe.buffer.size=16777216
                log.segment.bytes=134217728
                log.index.size.max.bytes=1048576
                log.retention.hours=168
                """.formatted(port, controllerPort, logDirectory(data)));
    }

    /** Only warnings, and the one line that says the broker is ready. */
    private static Path writeLogging(Path data) {
        return write(data.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d{ISO8601} %-5level %logger{20} - %msg%n</pattern></encoder>
                  </appender>
                  <logger name="kafka.server.KafkaRaftServer" level="INFO"/>
                  <root level="WARN"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    private static void formatOnce(Path data) {
        var log = logDirectory(data);
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setUnstableFeatureVersionsEnabled(false)
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setIgnoreFormatted(true)
                    .setPrintStream(new java.io.PrintStream(
                            java.io.OutputStream.nullOutputStream(), true, java.nio.charset.StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new EngineException("Cannot format Kafka's storage in " + log + ": " + e.getMessage(), e);
        }
    }

    private static Path logDirectory(Path data) {
        return data.resolve("log");
    }

    private static boolean contains(Path log, String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new EngineException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
