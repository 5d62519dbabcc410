package io.openrun.lab.rush;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.rush.TinyShop.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class RushCommandTest {

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsTheVerdictLastAndOnItsOwnAsJson() throws Exception {
        try (TinyShop shop = new TinyShop()) {
            shop.describeIn(data);

            int status = rush("--buyers", "50", "--stock", "10", "--json");

            assertThat(status).as(err.toString()).isZero();
            JsonNode json = JsonMapper.builder().build().readTree(out.toString());
            assertThat(json.propertyNames())
                    .containsExactly(
                            "buyers",
                            "stock",
                            "sold",
                            "refused",
                            "oversold",
                            "duplicates",
                            "lost",
                            "inversions",
                            "errors",
                            "latencyMillis",
                            "selloutMillis",
                            "orders");
            assertThat(json.path("buyers").asInt()).isEqualTo(50);
            assertThat(json.path("stock").asInt()).isEqualTo(10);
            assertThat(json.path("sold").asInt()).isEqualTo(10);
            assertThat(json.path("refused").toString()).isEqualTo("{\"SOLD_OUT\":40}");
            assertThat(json.path("orders").toString()).isEqualTo("{\"PAID\":6,\"PENDING_PAYMENT\":4}");
            assertThat(json.path("latencyMillis").path("winners").propertyNames())
                    .containsExactly("p50", "p95", "p99", "max");
            assertThat(json.path("latencyMillis").path("all").path("max").asDouble())
                    .isGreaterThanOrEqualTo(json.path("selloutMillis").asDouble())
                    .isPositive();
            assertThat(out.toString().strip()).doesNotContain("\n");
        }
    }

    @Test
    void tellsPeopleWhatHappened() throws Exception {
        try (TinyShop shop = new TinyShop(Fault.DECLINES_PAYMENTS)) {
            shop.describeIn(data);

            int status = rush("--buyers", "20", "--stock", "10", "--pay", "0.5", "--abandon", "0.25");

            assertThat(status).as(out + err.toString()).isZero();
            assertThat(out.toString())
                    .contains("sold          10 of 10")
                    .contains("refused       10 SOLD_OUT")
                    .containsPattern("PAYMENT_FAILED +5")
                    .containsPattern("money received +0")
                    .contains("Exactly the stock, to the first who came, and nothing lost.");
        }
    }

    @Test
    void endsWithOneWhenMoreThanTheStockIsSold() throws Exception {
        assertThat(countOf("oversold", Fault.OVERSELLS)).isEqualTo(1);
    }

    @Test
    void endsWithOneWhenAWinnerHasNoOrder() throws Exception {
        assertThat(countOf("lost", Fault.FORGETS_AN_ORDER)).isEqualTo(1);
    }

    @Test
    void endsWithOneWhenTwoWinnersHaveTheSamePlace() throws Exception {
        assertThat(countOf("duplicates", Fault.GIVES_A_PLACE_TWICE)).isEqualTo(1);
    }

    @Test
    void endsWithOneWhenAnAnswerIsAnError() throws Exception {
        assertThat(countOf("errors", Fault.BREAKS_SOMETIMES)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--buyers 0",
                "--buyers 100001",
                "--buyers many",
                "--stock -1",
                "--limit 0",
                "--pay 1.5",
                "--pay NaN",
                "--abandon -0.1",
                "--pay 0.9 --abandon 0.2",
                "--colour red",
            })
    void endsWithTwoAndASentenceForBadOptions(String options) {
        assertThat(rush(options.split(" "))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).isNotBlank().doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void endsWithTwoAndASentenceWhenNoShopIsRunning() {
        assertThat(rush()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("no shop is running");
    }

    @Test
    void endsWithTwoAndASentenceWhenTheShopHasGone() throws Exception {
        try (TinyShop shop = new TinyShop()) {
            shop.describeIn(data);
        }

        assertThat(rush()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    private int countOf(String field, Fault fault) throws Exception {
        try (TinyShop shop = new TinyShop(fault)) {
            shop.describeIn(data);

            assertThat(rush("--buyers", "60", "--stock", "10", "--json")).isEqualTo(1);

            List<String> lines = out.toString().strip().lines().toList();
            return JsonMapper.builder()
                    .build()
                    .readTree(lines.getLast())
                    .path(field)
                    .asInt();
        }
    }

    private int rush(String... options) {
        return new CommandLine(new RushCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Arrays.stream(options), Stream.of("--data", data.toString()))
                        .toArray(String[]::new));
    }
}
