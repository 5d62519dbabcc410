package io.openrun.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole shop as one child JVM: started, waited for, stopped; killed where a test wants a crash. */
public final class ShopProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShopProcess.class);
    private static final Part WHOLE = new Part("shop", "io.openrun.standalone.Shop");
    /** The build has prepared the whole demonstration shop's context, and no other. */
    private static final String PREPARED = "-Dspring.aot.enabled=true";

    /** An exception's message, of a stack trace or of Spring's analysis of a setting that is wrong. */
    private static final Pattern LAST_WORDS = Pattern.compile("(?:Caused by|\\s+Reason): [^:]+: (.*)");

    private static final int PROBE_TIMEOUT_MILLIS = 2000;

    /** The longest a graceful stop may take: a request in flight, then the queues. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    /**
     * What runs in the process.
     *
     * @param name of its log and its process record, distinct on one home
     * @param mainClass of the whole shop or of one service
     */
    public record Part(String name, String mainClass) {}

    /** Longer than jcmd waits for an answer: it tidies up after itself then. */
    private static final Duration DUMP_LIMIT = Duration.ofSeconds(15);

    private final ShopPlan plan;
    private final OwnedProcess process;
    private final Path log;

    private ShopProcess(ShopPlan plan, OwnedProcess process, Path log) {
        this.plan = plan;
        this.process = process;
        this.log = log;
    }

    /** Starts the shop and returns at once; see {@link #awaitReady}. */
    public static ShopProcess launch(ShopPlan plan) {
        return launch(plan, WHOLE);
    }

    /** Starts a part of the shop and returns at once. */
    public static ShopProcess launch(ShopPlan plan, Part part) {
        var home = new EngineHome(plan.home());
        endOrphan(home, part.name());
        var log = home.freshLog(part.name());
        var environment = plan.fullEnvironment();
        if (part.equals(WHOLE)) {
            environment.putIfAbsent("OPENRUN_INNER_PORT", Integer.toString(FreePort.any()));
        }
        var process = OwnedProcess.start(command(plan, part), environment, log, home.record(part.name()));
        return new ShopProcess(plan, process, log);
    }

    /** Ends a shop and parts of one that an earlier, killed run left behind on this home. */
    static void endOrphans(EngineHome home) {
        home.recorded().stream().filter(name -> !Engines.NAMES.contains(name)).forEach(name -> endOrphan(home, name));
    }

    private static void endOrphan(EngineHome home, String name) {
        OwnedProcess.orphan(home.record(name)).ifPresent(orphan -> {
            LOG.info("Stopping a shop (process {}) that an earlier run left behind", orphan.pid());
            orphan.stop(STOP_LIMIT);
        });
    }

    /**
     * Returns when the shop answers requests.
     *
     * @throws EngineException when it ended or is not ready within {@code limit}
     */
    public ShopProcess awaitReady(Duration limit) {
        boolean answered = Patience.until(limit, Duration.ofMillis(25), () -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new EngineException("The shop ended while it started" + lastWords() + "; its log is " + log);
        }
        if (!answered) {
            throw new EngineException("The shop was not ready within " + limit.toSeconds() + " s; its log is " + log
                    + dumpedThreads()
                            .map(dump -> ", what its threads did is in " + dump)
                            .orElse(""));
        }
        return this;
    }

    /** Whether the shop says that it is ready for requests. */
    public boolean isReady() {
        return FreePort.answers(plan.managementPort())
                && status(management().resolve("/actuator/health/readiness")).orElse(0) == HttpURLConnection.HTTP_OK;
    }

    /** Where the API answers. */
    public URI base() {
        return loopback(plan.port());
    }

    /** Where purchases answer fast. */
    public URI lane() {
        return loopback(plan.lanePort());
    }

    /** Where health and metrics answer. */
    public URI management() {
        return loopback(plan.managementPort());
    }

    public ShopPlan plan() {
        return plan;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the shop's process has ended, for whatever reason. */
    public CompletableFuture<Void> onExit() {
        return process.onExit();
    }

    /** Kills the shop at once, as a crash would. */
    public void kill() {
        process.kill();
    }

    /** Lets the shop drain and end, by force when it has not ended within the limit. */
    @Override
    public void close() {
        process.stop(STOP_LIMIT);
    }

    private static List<String> command(ShopPlan plan, Part part) {
        var command = new ArrayList<>(List.of(JavaProgram.path()));
        command.addAll(ShopPlan.JVM_OPTIONS);
        if (part.equals(WHOLE) && plan.isDemonstration()) {
            command.add(PREPARED);
        }
        command.addAll(plan.jvmOptions());
        command.addAll(List.of("-cp", ShopClassPath.find(), part.mainClass()));
        return command;
    }

    /** The reason or the innermost cause in the log, which is what a person can act on. */
    private String lastWords() {
        try (var lines = Files.lines(log)) {
            return lines.map(LAST_WORDS::matcher)
                    .filter(Matcher::matches)
                    .reduce((earlier, later) -> later)
                    .map(words -> ": " + words.group(1))
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    /** Writes down what every thread does, unless the process is too stuck even for that. */
    private Optional<Path> dumpedThreads() {
        var dump = log.resolveSibling(log.getFileName() + ".threads");
        try {
            var dumping = new ProcessBuilder(
                            JavaProgram.path("jcmd"),
                            Long.toString(pid()),
                            "Thread.dump_to_file",
                            "-overwrite",
                            dump.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (dumping.waitFor(DUMP_LIMIT.toSeconds(), TimeUnit.SECONDS) && dumping.exitValue() == 0) {
                return Optional.of(dump);
            }
            dumping.destroyForcibly();
        } catch (IOException e) {
            LOG.warn("No thread dump: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static Optional<Integer> status(URI address) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
            connection.setReadTimeout(PROBE_TIMEOUT_MILLIS);
            try {
                return Optional.of(connection.getResponseCode());
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
