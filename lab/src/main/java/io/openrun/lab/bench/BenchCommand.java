package io.openrun.lab.bench;

import io.openrun.engines.EngineException;
import io.openrun.lab.shop.Progress;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code openrun bench}: measures the bars of performance on engines and a shop of its own, which are gone
 * afterwards; a shop that is running is not touched, but takes part of the machine.
 *
 * <p>Exit status 0 when every run passed its audit, 1 when not or when the bench could not be run, 2 for bad
 * options.
 */
@Command(
        name = "bench",
        sortOptions = false,
        description = "Measure the bars of performance on a shop started for it, and print how they were measured.")
public final class BenchCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--only",
            defaultValue = "A,B,C,D,E,F,G,H,J",
            paramLabel = "BARS",
            description = "Some of ${DEFAULT-VALUE} (the default).")
    private String only = "";

    @Option(
            names = "--seconds",
            defaultValue = "15",
            paramLabel = "T",
            description = "Measured time of each run (default ${DEFAULT-VALUE}); warming takes up to 10 s more.")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "Runs of each side, interleaved (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--shoppers",
            defaultValue = "300000",
            paramLabel = "N",
            description = "Distinct people; each comes to a drop once, and a run uses as many drops as it needs"
                    + " (default ${DEFAULT-VALUE}).")
    private int shoppers;

    @Option(names = "--json", description = "Print the figures as one JSON object, last and on its own line.")
    private boolean json;

    @Override
    public Integer call() {
        BenchPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter people = json ? err : out;
        try {
            // Kept when the bench fails: its logs say why.
            Path folder = Files.createTempDirectory("openrun-bench-");
            Results results = new Bench(plan, folder, new Progress(people)).run();
            people.print(BenchReport.text(plan, results));
            people.flush();
            if (json) {
                out.println(BenchReport.json(plan, results));
                out.flush();
            }
            OwnShop.remove(folder);
            return results.clean() ? 0 : FAILED;
        } catch (ShopException | EngineException | IOException | SQLException e) {
            err.println("the bench could not be run: " + e.getMessage());
            err.flush();
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private BenchPlan plan() {
        try {
            return BenchPlan.of(only, seconds, rounds, shoppers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
