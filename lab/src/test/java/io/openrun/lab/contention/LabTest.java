package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.RedisEngine;
import io.openrun.engines.SharedEngines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Small laboratories on real engines and with real selling processes. */
@Timeout(300)
class LabTest {

    /** A lucky machine may get away with it for a few tries. */
    private static final int TRIES = 5;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final String database = SharedEngines.newDatabase();

    /** Of this class alone, which counts what is asked of it. */
    private static RedisEngine redis;

    @BeforeAll
    static void startRedis(@TempDir Path home) {
        redis = RedisEngine.start(home, 0);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sell-out, in-process",
        "sell-out, http",
        "sustained, in-process",
        "scattered, http",
        "multi-item, in-process",
        "abandonment, in-process",
        "abandonment, http"
    })
    void endsWithCleanBooksForStrategiesThatAreSafe(String workload, String over) throws Exception {
        LabResults results = lab(0, "group-commit,pessimistic", workload, "--over", over, "--instances", "2");

        List<String> expected = new ArrayList<>(List.of("group-commit", "pessimistic"));
        if (workload.equals("multi-item")) {
            expected.addAll(List.of("pessimistic-one-transaction-unsorted", "pessimistic-one-transaction-sorted"));
        }
        assertThat(results.runs()).extracting(LabRun::strategy).containsExactlyElementsOf(expected);
        assertThat(results.runs()).allSatisfy(run -> {
            assertThat(run.faults()).isEmpty();
            assertThat(run.exact()).isTrue();
            assertThat(run.rounds()).isEqualTo(1);
            assertThat(run.instances()).isEqualTo(2);
            assertThat(run.over()).isEqualTo(over);
        });
        assertThat(results.memory().mebibytes()).containsKey("laboratory");
        assertThat(results.memory().mebibytes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(results.memory().peakMebibytes());
        // Orders that lock their rows in any order may wait for each other through all of the measured time.
        assertThat(results.runs().subList(0, 2)).allSatisfy(run -> {
            assertThat(run.sold()).isPositive();
            assertThat(run.latencyMillis().max()).isPositive();
            assertThat(run.commitsPerSale()).isPositive();
            assertThat(run.cpuSecondsPerThousandSales().containsKey("crowd")).isEqualTo(over.equals("http"));
            assertThat(run.databaseRoundTripsPerSale()).isPositive();
            assertThat(run.cpuSecondsPerThousandSales()).containsKeys("instance-1", "instance-2", "redis");
        });
    }

    @Test
    void sellsExactlyTheStockInASellOut() throws Exception {
        LabRun run = lab(0, "group-commit", "sell-out", "--limit", "1").runs().getFirst();

        assertThat(run.sold()).isEqualTo(20);
        assertThat(run.refused()).isPositive();
        assertThat(run.replayed() + run.sold() + run.refused()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void countsOneCommitAndItsRoundTripsForEachSaleOfAnUpdatePerSale() throws Exception {
        LabRun run = lab(0, "conditional-update", "sustained").runs().getFirst();

        assertThat(run.commitsPerSale()).isBetween(1.0, 1.1);
        assertThat(run.databaseRoundTripsPerSale()).isBetween(1.0, 1.2);
        assertThat(run.redisRoundTripsPerSale()).isLessThan(0.1);
    }

    @Test
    void showsThatTheUnguardedOversellsAndDoesNotCallItAFailure() throws Exception {
        LabRun run = lab(0, "unguarded", "sell-out").runs().getFirst();

        assertThat(run.oversold()).isPositive();
        assertThat(run.exact()).isFalse();
    }

    @Test
    void sellsEveryUnitThatComesBack() throws Exception {
        LabRun run = lab(0, "group-commit", "abandonment").runs().getFirst();

        assertThat(run.sold()).isEqualTo(20);
        assertThat(run.undersold()).isZero();
        assertThat(run.soldPerSecond()).as("until the last sale").isGreaterThan(20.0 / 60);
    }

    @Test
    void showsThatALockOfTheProcessOversellsOnTwoProcesses() throws Exception {
        long oversold = 0;
        for (int seed = 1; seed <= TRIES && oversold == 0; seed++) {
            oversold = lab(
                            0,
                            "jvm-lock",
                            "sell-out",
                            "--instances",
                            "2",
                            "--rounds",
                            "3",
                            "--seed",
                            String.valueOf(seed))
                    .runs()
                    .getFirst()
                    .oversold();
        }

        assertThat(oversold).isPositive();
    }

    @Test
    void keepsTheFiguresOfOthersWhenTheDatabaseRefusesAStrategy() throws Exception {
        execute("""
                CREATE FUNCTION keep_rules() RETURNS event_trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF tg_tag = 'ALTER TABLE' THEN RAISE EXCEPTION 'the rules stay'; END IF;
                END $$""");
        execute("CREATE EVENT TRIGGER keep_rules ON sql_drop EXECUTE FUNCTION keep_rules()");

        LabResults results = lab(1, "unguarded,group-commit", "sustained");

        assertThat(results.runs().getFirst().rounds()).isZero();
        assertThat(results.runs().getFirst().missing()).isEqualTo(1);
        assertThat(results.runs().getFirst().faults().getFirst()).contains("the rules stay");
        assertThat(results.runs().getLast().sold()).isPositive();
        assertThat(results.runs().getLast().faults()).isEmpty();
    }

    @Test
    void doesWithoutTheRightToACheckpoint() throws Exception {
        execute("CREATE ROLE guest LOGIN PASSWORD 'guest'");
        try {
            execute("DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO guest', current_database()); END $$");

            assertThat(lab(as("guest"), 0, "conditional-update", "sustained")
                            .runs()
                            .getFirst()
                            .sold())
                    .isPositive();
        } finally {
            execute("DROP OWNED BY guest CASCADE");
            execute("DROP ROLE guest");
        }
    }

    private String as(String user) {
        return database.replaceAll("(user|password)=[^&]*", "$1=" + user);
    }

    /** As the superuser. */
    private void execute(String statement) throws Exception {
        try (var connection = DriverManager.getConnection(as("postgres"));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void leavesNothingInADatabaseAndARedisThatWereGiven() throws Exception {
        lab(0, "redis-lua", "sell-out");

        try (var connection = DriverManager.getConnection(database);
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'lab\\_%'")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
        assertThat(redisKeys()).doesNotContain("openrun:lab_");
        assertThat(folder.resolve("engines")).doesNotExist();
    }

    /** As Redis lists them. */
    private static String redisKeys() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write("KEYS *\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private LabResults lab(int status, String strategies, String workload, String... more) throws Exception {
        return lab(database, status, strategies, workload, more);
    }

    private LabResults lab(String url, int status, String strategies, String workload, String... more)
            throws Exception {
        List<String> line = new ArrayList<>(List.of(
                "--strategies",
                strategies,
                "--workloads",
                workload,
                "--buyers",
                "300",
                "--stock",
                "20",
                "--clients",
                "16",
                "--instances",
                "1",
                "--products",
                "5",
                "--rounds",
                "1",
                "--json"));
        for (String word : more) {
            int at = line.indexOf(word);
            if (at >= 0) {
                line.remove(at + 1);
                line.remove(at);
            }
        }
        line.addAll(List.of(more));
        line.addAll(List.of("--database-url", url, "--redis-url", redis.url()));
        line.addAll(List.of("--out", folder.toString()));
        int ended = new CommandLine(new LabCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
        assertThat(ended).as(err.toString()).isEqualTo(status);
        String json = out.toString().lines().reduce((first, last) -> last).orElseThrow();
        assertThat(folder.resolve("index.html")).isNotEmptyFile();
        JsonMapper mapper = JsonMapper.builder().build();
        assertThat(mapper.readTree(json).path("command").asString())
                .endsWith(" --database-url " + url.replaceFirst("\\?.*", "?…") + " --redis-url " + redis.url());
        assertThat(mapper.readTree(Files.readString(folder.resolve("lab.json"))))
                .isEqualTo(mapper.readTree(json));
        return mapper.readValue(json, LabResults.class);
    }
}
