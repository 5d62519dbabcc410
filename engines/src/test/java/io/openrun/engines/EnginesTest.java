package io.openrun.engines;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each test has engines of its own. */
@Execution(ExecutionMode.CONCURRENT)
class EnginesTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path home;

    @Test
    void keepsWhatWasWrittenAcrossARestart() throws Exception {
        try (var engines = Engines.start(home)) {
            execute(engines.postgres().jdbcUrl(), "CREATE TABLE sale (id int PRIMARY KEY)");
            execute(engines.postgres().jdbcUrl(), "INSERT INTO sale VALUES (1)");
            produce(engines.kafka().servers(), "sales", "first");
        }
        assertThat(ownRecords()).isEmpty();

        try (var engines = Engines.start(home)) {
            assertThat(query(engines.postgres().jdbcUrl(), "SELECT count(*) FROM sale"))
                    .isEqualTo("1");
            assertThat(consumeOne(engines.kafka().servers(), "sales")).isEqualTo("first");
        }
    }

    @Test
    void recoversAfterEverythingWasKilled() throws Exception {
        var killed = Engines.start(home);
        execute(killed.postgres().jdbcUrl(), "CREATE TABLE sale (id int PRIMARY KEY)");
        execute(killed.postgres().jdbcUrl(), "INSERT INTO sale VALUES (1)");
        produce(killed.kafka().servers(), "sales", "first");
        killed.kafka().kill();
        killed.redis().kill();
        killed.postgres().kill();

        try (var engines = Engines.start(home)) {
            assertThat(query(engines.postgres().jdbcUrl(), "SELECT count(*) FROM sale"))
                    .isEqualTo("1");
            assertThat(consumeOne(engines.kafka().servers(), "sales")).isEqualTo("first");
        }
        killed.close();
    }

    @Test
    void findsAndEndsWhatAKilledStarterLeftBehind() throws Exception {
        var starter = startInAnotherJvm();
        var orphans = List.of("postgres", "redis", "kafka").stream()
                .map(name -> ProcessRecord.readFrom(home.resolve("run").resolve(name + ".pid"))
                        .flatMap(ProcessRecord::find)
                        .orElseThrow())
                .toList();
        starter.destroyForcibly().waitFor();
        assertThat(orphans).allMatch(ProcessHandle::isAlive);

        try (var engines = Engines.start(home)) {
            assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            assertThat(query(engines.postgres().jdbcUrl(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAgainAtOnceWhenOnlyTheMainProcessOfPostgresWasKilled() throws Exception {
        var killed = PostgresEngine.start(home, 0);
        var connection = DriverManager.getConnection(killed.jdbcUrl());
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();

        try (var engine = PostgresEngine.start(home, killed.port())) {
            assertThat(query(engine.jdbcUrl(), "SELECT 1")).isEqualTo("1");
        }
        connection.abort(Runnable::run);
        killed.close();
    }

    private Process startInAnotherJvm() throws IOException {
        var process = new ProcessBuilder(
                        JavaProgram.path(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnginesKeptRunning.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            await().atMost(120, SECONDS).until(() -> {
                var line = output.readLine();
                return line == null || line.equals(EnginesKeptRunning.READY);
            });
        }
        return process;
    }

    private List<Path> ownRecords() throws IOException {
        try (var files = Files.list(home.resolve("run"))) {
            return files.toList();
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void produce(String servers, String topic, String value) throws Exception {
        var settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", servers, "acks", "all"));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(30, SECONDS);
        }
    }

    private static String consumeOne(String servers, String topic) {
        var settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", servers, "group.id", "reader", "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            return await().atMost(30, SECONDS)
                    .until(
                            () -> StreamSupport.stream(
                                            consumer.poll(Duration.ofMillis(500))
                                                    .spliterator(),
                                            false)
                                    .findFirst(),
                            java.util.Optional::isPresent)
                    .orElseThrow()
                    .value();
        }
    }
}
