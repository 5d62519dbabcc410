package io.openrun.lab.rush;

import io.openrun.lab.load.LoadClient;
import io.openrun.lab.shop.LocalShop;
import io.openrun.lab.shop.Progress;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code openrun rush}: lets a crowd run at a drop of the running shop and prints the verdict.
 *
 * <p>Exit status 0 when nothing is wrong, 1 when a safety count or the errors are above zero, 2 for bad options
 * or when no shop is running.
 */
@Command(
        name = "rush",
        sortOptions = false,
        description = "Let thousands of shoppers run at a drop of the running shop, and read the verdict.")
public final class RushCommand implements Callable<Integer> {

    private static final int WRONG = 1;
    private static final int UNUSABLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--buyers",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Distinct shoppers, up to 100,000 (default ${DEFAULT-VALUE}). At most "
                    + LoadClient.CONNECTIONS_MAX + " connections are open at a time; more shoppers take turns on them.")
    private int buyers;

    @Option(
            names = "--stock",
            defaultValue = "100",
            paramLabel = "N",
            description = "Units (default ${DEFAULT-VALUE}).")
    private int stock;

    @Option(
            names = "--limit",
            defaultValue = "1",
            paramLabel = "N",
            description = "Units one person may have (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--pay",
            defaultValue = "0.6",
            paramLabel = "SHARE",
            description = "Share of the winners who pay (default ${DEFAULT-VALUE}).")
    private double pay;

    @Option(
            names = "--abandon",
            defaultValue = "0.2",
            paramLabel = "SHARE",
            description = "Share of the winners who leave before entering a payment, and the same share again"
                    + " before confirming it (default ${DEFAULT-VALUE}).")
    private double abandon;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Decides which winners pay (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--data",
            defaultValue = ".openrun",
            paramLabel = "DIR",
            description = "The running shop's data (default ${DEFAULT-VALUE}).")
    private Path data = Path.of(".openrun");

    @Option(names = "--json", description = "Print the verdict as one JSON object, last and on its own line.")
    private boolean json;

    @Override
    public Integer call() {
        RushPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        LocalShop shop;
        try {
            shop = LocalShop.in(data);
        } catch (ShopException e) {
            return sayAndEnd(err, e, UNUSABLE);
        }
        try (ShopClient client = new ShopClient(shop.address())) {
            String admin;
            try {
                admin = client.login(shop.adminEmail(), shop.adminPassword());
            } catch (ShopException e) {
                return sayAndEnd(err, e, UNUSABLE);
            }
            PrintWriter people = json ? err : out;
            Verdict verdict = new Rush(plan, shop.address(), client, admin, new Progress(people)).run();
            people.print(RushReport.text(verdict));
            people.flush();
            if (json) {
                out.println(RushReport.json(verdict));
                out.flush();
            }
            return exitStatus(verdict);
        } catch (ShopException | IOException e) {
            return sayAndEnd(err, e, WRONG);
        }
    }

    private static int sayAndEnd(PrintWriter err, Exception e, int status) {
        err.println(e.getMessage());
        err.flush();
        return status;
    }

    static int exitStatus(Verdict verdict) {
        return verdict.clean() ? 0 : WRONG;
    }

    private RushPlan plan() {
        try {
            return new RushPlan(buyers, stock, limit, pay, abandon, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
