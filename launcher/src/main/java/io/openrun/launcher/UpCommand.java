package io.openrun.launcher;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code openrun up}: the engines and the shop, until Ctrl-C. */
@Command(
        name = "up",
        description = "Start the engines and the shop, and keep them running until Ctrl-C.",
        sortOptions = false,
        footer = {
            "",
            "With engines of your own (any of the last three) there are no demonstration accounts or goods, and the",
            "keys come from the environment: OPENRUN_SERVICE_KEY, OPENRUN_SIGNING_KEY_FILE, OPENRUN_DATA_KEY."
        })
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:OPENRUN_PORT:-8080}",
            description = "Where the shop answers (default 8080; 0: any free port).")
    private int port;

    @Option(
            names = "--fast-lane-port",
            paramLabel = "PORT",
            defaultValue = "${env:OPENRUN_FAST_LANE_PORT:-8081}",
            description = "Where purchases answer fast (default 8081).")
    private int fastLanePort;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:OPENRUN_MANAGEMENT_PORT}",
            description =
                    "Health and metrics, for this machine only (default 8082, or any free port where that is taken).")
    private @Nullable Integer managementPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DataFolder.DEFAULT_NAME,
            description = "Where everything is kept (default .openrun beside this script).")
    private Path data = Path.of(DataFolder.DEFAULT_NAME);

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            defaultValue = "${env:OPENRUN_DATABASE_URL}",
            description = "A PostgreSQL of your own, jdbc:postgresql://host:5432/name?user=...&password=...")
    private @Nullable String databaseUrl;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            defaultValue = "${env:OPENRUN_REDIS_URL}",
            description = "A Redis of your own, redis://host:6379.")
    private @Nullable String redisUrl;

    @Option(
            names = "--kafka-servers",
            paramLabel = "LIST",
            defaultValue = "${env:OPENRUN_KAFKA_SERVERS}",
            description = "A Kafka of your own, host:9092[,host:9092].")
    private @Nullable String kafkaServers;

    @Option(
            names = "--no-faster-start",
            description = "Start as the JVM does by itself: neither make nor use start-up caches.")
    private boolean noFasterStart;

    @Override
    public Integer call() {
        var ports = new Ports(port, fastLanePort, managementPort);
        var external = new ExternalEngines(databaseUrl, redisUrl, kafkaServers);
        external.requireKeys(System.getenv());
        var folder = new DataFolder(data);
        var out = spec.commandLine().getOut();
        folder.prepare();
        var fasterStart = noFasterStart ? FasterStart.never() : FasterStart.of(folder);
        return new UpRun(folder, ports, external, fasterStart, out).untilStopped();
    }
}
