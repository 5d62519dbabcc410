package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--only Z",
                "--only A,,B",
                "--only a",
                "--seconds 0",
                "--seconds 601",
                "--seconds soon",
                "--rounds 0",
                "--shoppers 10"
            })
    void endsWithTwoAndASentenceForBadOptions(String options) {
        StringWriter err = new StringWriter();

        int status =
                new CommandLine(new BenchCommand()).setErr(new PrintWriter(err)).execute(options.split(" ", -1));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).isNotBlank().doesNotContain("Exception");
    }
}
