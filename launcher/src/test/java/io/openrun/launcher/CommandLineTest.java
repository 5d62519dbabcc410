package io.openrun.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sell",
                "up --port x",
                "up --port -1",
                "up --port 65536",
                "up --port 9000 --fast-lane-port 9000",
                "up --database-url mysql://db/shop",
                "up --redis-url db:6379",
                "up --kafka-servers somewhere",
                "up --port",
                "tokens",
                "tokens 0",
                "tokens -5",
                "tokens 1000001",
                "tokens many",
                "rush --buyers none",
                "lab --strategies hope",
                "gatling --shoppers none",
                "gatling --shoppers 0",
                "gatling --shoppers 100001",
                "gatling --seconds 9",
                "gatling --stock 0",
                "gatling --newcomers 1001",
                "gatling --data nowhere",
                "gatling --base-url shop",
                "gatling --base-url http://127.0.0.1:1 --admin-email a@b.c --admin-password p",
                "gatling --base-url http://127.0.0.1:1 --service-key k",
                "gatling --base-url http://127.0.0.1:1 --admin-email a@b.c --admin-password p --tokens nowhere",
                "jmeter --shoppers -1",
                "jmeter --seconds 3601",
                "jmeter --data nowhere"
            })
    void answersBadInputWithOneSentenceAndStatus2(String line) {
        int status = execute(line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().isNotBlank();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void neverRepeatsAnAddressThatMayHoldAPassword() {
        execute("up", "--database-url", "postgres://shop:secret@db/shop");

        assertThat(err.toString()).doesNotContain("secret");
    }

    @Test
    void asksForTheKeysThatAreMissingWhereEnginesAreExternal() {
        int status = execute("up", "--redis-url", "redis://db:6379");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("OPENRUN_SERVICE_KEY", "OPENRUN_SIGNING_KEY_FILE", "OPENRUN_DATA_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "rush", "bench", "sustain", "lab", "gatling", "jmeter", "tokens", "reset", "test"})
    void explainsEveryCommandHoweverItIsAsked(String command) {
        assertThat(execute("help", command)).isZero();
        String explained = out.toString();

        assertThat(explained).startsWith("Usage: openrun " + command);
        for (String asked : List.of("-h", "--help")) {
            out.getBuffer().setLength(0);
            assertThat(execute(command, asked)).isZero();
            assertThat(out.toString()).isEqualTo(explained);
        }
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "help", "-h", "--help"})
    void listsTheCommandsToWhoeverAsksForHelp(String line) {
        assertThat(execute(line.isEmpty() ? new String[0] : line.split(" "))).isZero();

        assertThat(out.toString()).contains("Usage: openrun", "sustain", "tokens");
    }

    @Test
    void leavesOtherPeoplesFoldersAlone() throws Exception {
        var theirs = Files.writeString(folder.resolve("thesis.txt"), "five years of work");

        assertThat(execute("reset", "--data", folder.toString())).isEqualTo(2);
        assertThat(execute("up", "--data", folder.toString(), "--no-faster-start"))
                .isEqualTo(2);
        assertThat(theirs).hasContent("five years of work");
    }

    @Test
    void resetsNothingWhereThereIsNothing() {
        assertThat(execute("reset", "--data", folder.resolve("nowhere").toString()))
                .isZero();
    }

    private int execute(String... arguments) {
        return OpenrunCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
