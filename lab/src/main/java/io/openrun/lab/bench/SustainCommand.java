package io.openrun.lab.bench;

import io.openrun.engines.EngineException;
import io.openrun.lab.load.LoadClient;
import io.openrun.lab.shop.Progress;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code openrun sustain}: sells at a steady rate for minutes, on engines and a shop of its own.
 *
 * <p>Exit status 0 when nothing failed and the audit passed, 1 when not, 2 for bad options.
 */
@Command(
        name = "sustain",
        sortOptions = false,
        description =
                "Sell at a steady rate for minutes on a shop started for it, and print how late answers and orders were.")
public final class SustainCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int RATE_MAX = 100_000;
    private static final int SECONDS_MAX = 3_600;
    private static final int CROWD_MAX = 300_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rate",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Purchases a second, each by another person (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--shoppers",
            defaultValue = "5000",
            paramLabel = "N",
            description = "How many are connected at a time (default ${DEFAULT-VALUE}).")
    private int shoppers;

    @Option(
            names = "--seconds",
            defaultValue = "300",
            paramLabel = "T",
            description = "For how long (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() {
        between("--rate", rate, 1, RATE_MAX);
        between("--shoppers", shoppers, 1, LoadClient.CONNECTIONS_MAX);
        between("--seconds", seconds, 1, SECONDS_MAX);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Path folder = Files.createTempDirectory("openrun-sustain-");
            SustainedSale.Sustained outcome = sell(folder, new Progress(out));
            out.print(outcome.text());
            out.flush();
            OwnShop.remove(folder);
            return outcome.clean() ? 0 : FAILED;
        } catch (ShopException | EngineException | IOException | SQLException e) {
            err.println("the sale could not be sustained: " + e.getMessage());
            err.flush();
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private SustainedSale.Sustained sell(Path folder, Progress progress)
            throws IOException, SQLException, InterruptedException {
        progress.step("starting engines and a shop for this alone");
        int people = Math.clamp((long) rate * (seconds + 1), BenchPlan.SHOPPERS_MIN, CROWD_MAX);
        try (OwnShop own = OwnShop.start(folder);
                BenchShop shop = new BenchShop(own.running(), people, progress)) {
            progress.step("%,d purchases/s over %,d connections for %,d s".formatted(rate, shoppers, seconds));
            return new SustainedSale(shop, rate, shoppers, Duration.ofSeconds(seconds)).run();
        }
    }

    private void between(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), "%s must be %,d to %,d, was %,d".formatted(option, min, max, value));
        }
    }
}
