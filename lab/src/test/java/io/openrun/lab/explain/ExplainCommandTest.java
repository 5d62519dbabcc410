package io.openrun.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.strategies.LabStrategy;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExplainCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int explain(String... arguments) {
        return new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void playsAStrategyOnEnginesOfItsOwn() {
        int status = explain("conditional-update");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString())
                .contains("conditional-update: one unit left, two buyers")
                .contains("remaining >= 1")
                .contains("oversold 0")
                .contains("Sold once.");
    }

    @Test
    void refusesAnUnknownStrategyAndNamesTheKnownOnes() {
        int status = explain("hope");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("There is no strategy hope").contains(LabStrategy.titles());
    }

    @Test
    void asksForAStrategyWhenThereIsNone() {
        assertThat(explain()).isEqualTo(2);
    }
}
