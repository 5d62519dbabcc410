package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.bench.BenchCommand;
import io.openrun.lab.bench.SustainCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** What measures the shop, on a shop of its own: that it sells, follows and audits; never how fast. */
class MeasuringTest {

    private final StringWriter out = new StringWriter();

    @Test
    void benchesSalesAndAuditsEveryRun() {
        int status = execute(new BenchCommand(), "--only B --seconds 1 --rounds 1 --shoppers 10000 --json");

        assertThat(status).as(out.toString()).isZero();
        var json = JsonMapper.shared().readTree(out.toString().lines().toList().getLast());
        assertThat(json.at("/durability/fsync").asString()).isEqualTo("on");
        assertThat(json.at("/bars/B/ratio").asDouble()).isPositive();
        assertThat(json.path("audits")).hasSize(2).allSatisfy(audit -> {
            assertThat(audit.path("passed").asBoolean()).isTrue();
            assertThat(audit.path("sold").asLong()).isPositive();
        });
    }

    @Test
    void sellsAtASteadyRateUntilTheOrdersCanBePaid() {
        int status = execute(new SustainCommand(), "--rate 200 --shoppers 50 --seconds 2");

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("failed +0\n")
                .containsPattern("orders +payable after the 201: p50 .* of [1-9][0-9]+ followed\n")
                .contains("the audit passed");
    }

    private int execute(Callable<Integer> command, String options) {
        return new CommandLine(command).setOut(new PrintWriter(out)).execute(options.split(" ", -1));
    }
}
