package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SustainCommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate 0",
                "--rate 100001",
                "--rate many",
                "--shoppers 0",
                "--shoppers 10001",
                "--seconds 0",
                "--seconds 3601"
            })
    void endsWithTwoAndASentenceForBadOptions(String options) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new SustainCommand()).setErr(new PrintWriter(err));

        int status = command.execute(options.split(" ", -1));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(options.split(" ", -1)[0]);
    }
}
