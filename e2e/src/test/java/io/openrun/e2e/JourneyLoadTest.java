package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.DemoAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load test that teams run against a deployment of theirs, here with a handful of shoppers. */
class JourneyLoadTest {

    private static final int SHOPPERS = 40;
    private static final int STOCK = 25;
    private static final Path JOURNEYS = Path.of("..", "journeys", "target");

    @TempDir
    private Path folder;

    @Test
    void sendsShoppersOnTheWholeJourneyAndAgreesWithTheShopsOwnAudit() throws Exception {
        var shop = TheShop.running();
        shop.cardAlwaysSucceeds();
        var tokens = new ArrayList<>(List.of("token"));
        shop.newShoppers(SHOPPERS).forEach(shopper -> tokens.add(shopper.token()));
        var tokenFile = Files.write(folder.resolve("tokens.csv"), tokens);
        var output = folder.resolve("output");

        var gatling = new ProcessBuilder(command(Map.of(
                        "base-url", shop.base(),
                        "fast-lane-url", shop.lane(),
                        "admin-email", DemoAccounts.ADMIN,
                        "tokens", tokenFile.toString(),
                        "shoppers", String.valueOf(SHOPPERS),
                        "seconds", "4",
                        "stock", String.valueOf(STOCK),
                        "newcomers", "1")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        gatling.environment()
                .put("OPENRUN_ADMIN_PASSWORD", shop.running.accounts().adminPassword());
        var process = gatling.start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES))
                    .as("ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }

        var said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains(SHOPPERS + " shoppers came, ");
        int cancelled = number(said, "bought, (\\d+) of them cancelled");
        assertThat(number(said, "came, (\\d+) bought"))
                .as("the stock, and what came back of it if somebody was still there to buy it again")
                .isBetween(STOCK, STOCK + cancelled);
    }

    private static int number(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .mapToInt(result -> Integer.parseInt(result.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no \"" + pattern + "\" in: " + text));
    }

    private List<String> command(Map<String, String> settings) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                JOURNEYS.resolve("classes") + ":"
                        + Files.readString(JOURNEYS.resolve("classpath")).strip()));
        settings.forEach((name, value) -> command.add("-Djourney." + name + "=" + value));
        command.addAll(List.of(
                "io.gatling.app.Gatling",
                "--simulation",
                "io.openrun.journeys.JourneySimulation",
                "--results-folder",
                folder.resolve("results").toString(),
                "--no-reports"));
        return command;
    }
}
