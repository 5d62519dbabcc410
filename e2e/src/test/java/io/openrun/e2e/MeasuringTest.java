package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.bench.BenchCommand;
import io.openrun.lab.bench.SustainCommand;
import io.openrun.lab.rush.RushCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What measures the shop: that it sells, follows and audits; never how fast. */
class MeasuringTest {

    private final StringWriter out = new StringWriter();

    @Test
    void benchesSalesAndAuditsEveryRun() {
        int status = execute(new BenchCommand(), "--only A,B,C,F --seconds 1 --rounds 1 --shoppers 10000 --json");

        assertThat(status).as(out.toString()).isZero();
        var json = JsonMapper.shared().readTree(out.toString().lines().toList().getLast());
        assertThat(json.at("/durability/fsync").asString()).isEqualTo("on");
        assertThat(json.path("bars").propertyNames()).containsExactly("A", "B", "C", "F");
        assertThat(json.path("bars").values()).allSatisfy(bar -> {
            assertThat(bar.path("numerator").asDouble()).isPositive();
            assertThat(bar.path("denominator").asDouble()).isPositive();
            assertThat(bar.path("ratio").asDouble()).isPositive();
        });
        assertThat(json.path("audits"))
                .extracting(audit -> audit.path("side").asString())
                .containsExactlyInAnyOrder(
                        "REFUSALS", "BARE_REFUSALS", "SALES", "BARE_SALES", "SINGLE_SALES", "SALES_100");
        assertThat(json.path("audits")).allSatisfy(audit -> {
            boolean refuses = audit.path("side").asString().endsWith("REFUSALS");
            assertThat(audit.path("passed").asBoolean()).isTrue();
            assertThat(audit.path("sold").asLong()).matches(sold -> refuses ? sold == 0 : sold > 0);
            assertThat(audit.path("refused").asLong()).matches(refused -> refuses ? refused > 0 : refused == 0);
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

    /** On the shop that others use, found by what {@code up} leaves in its folder. */
    @Test
    void rushesAtTheRunningShopAndFindsNothingWrong() throws IOException {
        var shop = TheShop.running();
        var running = shop.running;
        Files.writeString(
                Files.createDirectories(running.home().resolve("run")).resolve("shop.json"),
                JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "base", shop.base(),
                                "lane", shop.lane(),
                                "serviceKey", running.secrets().serviceKey())));

        int status = execute(new RushCommand(), "--buyers 1000 --stock 50 --limit 1 --json --data " + running.home());

        assertThat(status).as(out.toString()).isZero();
        var json = JsonMapper.shared().readTree(out.toString().lines().toList().getLast());
        assertThat(json.propertyNames())
                .contains("buyers", "stock", "sold", "refused", "oversold", "duplicates", "lost", "inversions")
                .contains("errors", "latencyMillis", "selloutMillis", "orders");
        assertThat(json.path("sold").asLong()).isEqualTo(50);
        assertThat(json.at("/refused/SOLD_OUT").asLong()).isEqualTo(950);
        for (var count : new String[] {"oversold", "duplicates", "lost", "inversions", "errors"}) {
            assertThat(json.path(count).asLong(-1)).as(count).isZero();
        }
        for (var whose : new String[] {"winners", "all"}) {
            assertThat(json.path("latencyMillis").path(whose).propertyNames()).contains("p50", "p95", "p99", "max");
        }
        assertThat(json.path("orders").values().stream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isEqualTo(50);
        assertThat(json.at("/orders/PAID").asLong()).isPositive();
    }

    private int execute(Callable<Integer> command, String options) {
        return new CommandLine(command).setOut(new PrintWriter(out)).execute(options.split(" ", -1));
    }
}
