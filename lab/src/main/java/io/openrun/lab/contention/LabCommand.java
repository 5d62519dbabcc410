package io.openrun.lab.contention;

import io.openrun.engines.EngineException;
import io.openrun.lab.explain.ExplainCommand;
import io.openrun.lab.report.LabReport;
import io.openrun.lab.shop.Progress;
import io.openrun.lab.strategies.LabStrategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code openrun lab}: lets the same seeded crowds at every strategy and tells how fast, how late and how exact each is.
 *
 * <p>Exit status 0 when every strategy that promises to be exact was, 1 when one was not or the database does not keep
 * what it acknowledges, 2 for bad options or engines that cannot be reached.
 */
@Command(
        name = "lab",
        sortOptions = false,
        subcommands = ExplainCommand.class,
        description = {
            "Measure every way to guard stock with the same crowds: how fast, how late, how exact.",
            "",
            "By default all strategies in all workloads, on engines of its own, which are gone afterwards: 9 minutes"
                    + " on two cores. --strategies, --workloads, --clients and --rounds 1 make it shorter.",
            ""
        })
public final class LabCommand implements Callable<Integer> {

    private static final int UNSOUND = 1;
    private static final int UNUSABLE = 2;
    private static final int INTERRUPTED = 130;
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--strategies",
            paramLabel = "NAMES",
            description = "Some of unguarded, jvm-lock, redis-lock-unfenced, jpa-redisson-before-commit,"
                    + " jpa-redisson-after-commit, jpa-version, jpa-pessimistic, redis-lock, optimistic, pessimistic,"
                    + " unit-rows, conditional-update, redis-lua, group-commit (default: all).")
    private @Nullable String strategies;

    @Option(
            names = "--workloads",
            paramLabel = "NAMES",
            description = "Some of sell-out, sustained, scattered, multi-item, abandonment (default: all).")
    private @Nullable String workloads;

    @Option(
            names = "--buyers",
            defaultValue = "1000",
            paramLabel = "N",
            description = "People in a sell-out (default ${DEFAULT-VALUE}); some of them come twice.")
    private int buyers;

    @Option(
            names = "--stock",
            defaultValue = "100",
            paramLabel = "N",
            description = "Units in a sell-out and in abandonment (default ${DEFAULT-VALUE}).")
    private int stock;

    @Option(
            names = "--limit",
            defaultValue = "2",
            paramLabel = "K",
            description = "Most units one person may have (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--instances",
            defaultValue = "1,2",
            paramLabel = "N,...",
            description = "Selling processes, up to " + LabPlan.INSTANCES_MAX + " (default ${DEFAULT-VALUE}): sell-out"
                    + " on each, sustained on each, multi-item and abandonment on the most, scattered on the fewest.")
    private String instances = "";

    @Option(
            names = "--clients",
            defaultValue = "1,32,256,1000",
            paramLabel = "N,...",
            description = "Buyers at a time (default ${DEFAULT-VALUE}): sustained with each on the fewest instances,"
                    + " sell-out with the most, multi-item with 32, everything else with 256, or the most.")
    private String clients = "";

    @Option(
            names = "--products",
            defaultValue = "1,100",
            paramLabel = "N,...",
            description = "Stocks (default ${DEFAULT-VALUE}): scattered over the most; multi-item over 4 to 10.")
    private String products = "";

    @Option(
            names = "--over",
            defaultValue = "in-process",
            paramLabel = "HOW",
            description = "How buyers reach an instance: in-process or http (default ${DEFAULT-VALUE}).")
    private String over = "";

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Decides who comes when, for what (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seconds",
            defaultValue = "1",
            paramLabel = "T",
            description = "Measured time of each run (default ${DEFAULT-VALUE}; where orders wait for each other at"
                    + " least 10); a sell-out ends when all have an answer, abandonment when all is sold.")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Runs of each strategy in each place, interleaved (default: 1; and what fits into 9 minutes of: a"
                            + " second of sell-out, scattered and sustained with 256 clients; sustained with other clients; a"
                            + " third).")
    private @Nullable Integer rounds;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "A PostgreSQL of your own, jdbc:postgresql://host:5432/name?user=...&password=...; schemas"
                    + " called lab_... are made in it and removed.")
    private @Nullable String databaseUrl;

    @Option(names = "--redis-url", paramLabel = "URL", description = "A Redis of your own, redis://host:6379.")
    private @Nullable String redisUrl;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the results go (default openrun-lab/<date and time> here).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the results as one JSON object, last and on its own line.")
    private boolean json;

    @Override
    public Integer call() {
        LabPlan plan = plan();
        PrintWriter printed = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter people = json ? err : printed;
        Resources resources = new Resources();
        AtomicBoolean interrupted = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            interrupted.set(true);
                            resources.close();
                        },
                        "lab-stop"));
        try (resources) {
            LabFolder folder = folder(resources);
            people.println("Starting the engines and " + plan.mostInstances() + " selling processes ...");
            people.flush();
            LabResults results = run(plan, folder, resources, new Progress(people));
            Files.writeString(folder.results().resolve("lab.json"), json(results, true));
            people.print(LabTable.of(results));
            people.println("The report is " + LabReport.write(results, folder.results()) + "; lab.json is beside it.");
            people.flush();
            if (json) {
                printed.println(json(results, false));
                printed.flush();
            }
            return Lab.isSound(results) ? 0 : UNSOUND;
        } catch (EngineException e) {
            return interrupted.get() ? INTERRUPTED : say(err, String.valueOf(e.getMessage()), UNUSABLE);
        } catch (IOException | SQLException | IllegalStateException e) {
            return interrupted.get()
                    ? INTERRUPTED
                    : say(err, "The laboratory could not go on: " + e.getMessage(), UNSOUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private LabResults run(LabPlan plan, LabFolder folder, Resources resources, Progress progress)
            throws IOException, SQLException, InterruptedException {
        LabEngines engines = resources.open(() -> LabEngines.open(databaseUrl, redisUrl, folder.engines()));
        Schemas schemas = resources.open(() -> new Schemas(engines.database(), engines.databaseIsTheirs()));
        if (engines.redisIsTheirs()) {
            resources.open(() -> new RedisTraces(engines.redisUrl(), schemas::all));
        }
        Instances sellers = resources.open(
                () -> new Instances(folder.engines(), engines.databaseUrl(), engines.redisUrl(), plan.mostInstances()));
        return new Lab(plan, engines, sellers, schemas, progress, Clock.systemUTC()).run();
    }

    private LabFolder folder(Resources resources) {
        Path results = out != null
                ? out
                : Path.of(
                        "openrun-lab", LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
        try {
            return resources.open(() -> LabFolder.create(results));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The results cannot be written to " + results.toAbsolutePath() + " (" + e.getMessage()
                            + "): choose another folder" + " with --out.",
                    e);
        }
    }

    private LabPlan plan() {
        try {
            EngineAddress.checkDatabase(databaseUrl);
            EngineAddress.checkRedis(redisUrl);
            return new LabPlan(
                            Listed.names(
                                    "strategy",
                                    strategies,
                                    LabStrategy::named,
                                    LabStrategy.values(),
                                    LabStrategy::title),
                            Listed.names("workload", workloads, Workload::named, Workload.values(), Workload::title),
                            buyers,
                            stock,
                            limit,
                            Listed.numbers("--instances", instances),
                            Listed.numbers("--clients", clients),
                            Listed.numbers("--products", products),
                            LabPlan.Over.named(over),
                            seed,
                            seconds,
                            rounds)
                    .checked();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static String json(LabResults results, boolean indented) {
        return JsonMapper.builder()
                .configure(SerializationFeature.INDENT_OUTPUT, indented)
                .build()
                .writeValueAsString(results);
    }

    private static int say(PrintWriter err, String sentence, int status) {
        err.println(sentence);
        err.flush();
        return status;
    }
}
