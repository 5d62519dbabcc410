package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class LabCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--strategies hope",
                "--strategies group-commit,,pessimistic",
                "--workloads everything",
                "--buyers 0",
                "--buyers -1",
                "--buyers many",
                "--buyers 1000001",
                "--stock 0",
                "--limit 0",
                "--limit 101",
                "--instances 9",
                "--instances 0",
                "--instances one",
                "--instances 1,,2",
                "--instances 4 --clients 2",
                "--clients 0",
                "--clients 10001",
                "--clients 99999999999",
                "--products 0",
                "--products 1001",
                "--over pigeon",
                "--seed soon",
                "--seconds 0",
                "--seconds 1.5",
                "--rounds 0",
                "--instances 2 --clients 1,32 --workloads sustained",
                "--database-url mysql://shop:secret@db/shop",
                "--database-url jdbc:postgresql://h:notaport/x?password=secret",
                "--database-url jdbc:postgresql://h:99999/x?password=secret",
                "--redis-url redis://:secret@localhost:99999",
                "--redis-url redis://:secret@localhost:port",
                "--redis-url redis://:secret%zz@localhost",
                "--redis-url redis://localhost:99999 explain unguarded",
                "--redis-url db:6379"
            })
    void endsWithTwoAndASentenceForBadOptions(String options) {
        assertThat(execute(options.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().lines().findFirst().orElse(""))
                .isNotBlank()
                .doesNotContain("Exception")
                .doesNotContain("secret");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhichDatabaseCannotBeReachedAndLeavesNothing() {
        int status = execute("--database-url", "jdbc:postgresql://127.0.0.1:1/shop?user=shop&password=secret");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("The database cannot be reached")
                .doesNotContain("secret");
        assertThat(folder.resolve("results")).isEmptyDirectory();
    }

    @Test
    void saysThatRedisCannotBeReachedAndLeavesNothing() {
        int status = execute("--redis-url", "redis://:secret@127.0.0.1:1");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Redis cannot be reached")
                .doesNotContain("secret");
        assertThat(folder.resolve("results")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--redis-url redis://:secret@nowhere.invalid:6379",
                "--database-url jdbc:postgresql://nowhere.invalid/x?password=secret"
            })
    void saysWhichHostIsNotThere(String options) {
        assertThat(execute(options.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("cannot be reached", "nowhere.invalid")
                .doesNotContain("secret");
    }

    @Test
    void saysWhereItCannotWrite() throws Exception {
        Path file = Files.writeString(folder.resolve("results"), "five years of work");

        assertThat(execute()).isEqualTo(2);

        assertThat(err.toString()).contains("--out").doesNotContain("Exception");
        assertThat(file).hasContent("five years of work");
    }

    private int execute(String... options) {
        List<String> line =
                new ArrayList<>(List.of("--out", folder.resolve("results").toString()));
        line.addAll(List.of(options));
        return new CommandLine(new LabCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }
}
