package io.openrun.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs a load test by Maven, in the module that holds it, and says where its report is. */
record JourneyRun(JourneyPlan plan, PrintWriter out, PrintWriter err) {

    private static final int WRONG = 1;

    /** How deep a report's first page lies below all reports. */
    private static final int REPORT_DEPTH = 3;

    /**
     * Runs the goals.
     *
     * @param reports the folder, below the module's own, in which every report has a folder of its own
     * @return 0 when the load test and the audit at its end were clean, else 1
     */
    int by(List<String> goals, String reports) {
        Path root = Path.of(Optional.ofNullable(System.getProperty("openrun.root"))
                .orElseThrow(() -> Failure.of("The load tests are started by the script: ./openrun.")));
        plan.requireAdministrator();
        Path tokens = plan.writeTokens();
        tokens.toFile().deleteOnExit();
        try {
            out.printf(
                    "%,d shoppers come to %s within %,d s for %,d units.%n",
                    plan.shoppers(), plan.shop().address(), plan.seconds(), plan.stock());
            out.flush();
            long begun = System.currentTimeMillis();
            int status = maven(root, goals, tokens);
            Optional<Path> report = newest(root.resolve("journeys").resolve(reports), begun);
            if (status == 0) {
                out.printf("%nNo request failed, and the audit at the end found nothing wrong.%n");
            }
            report.ifPresent(page -> out.printf("%nThe report: %s%n", page));
            if (status != 0) {
                err.println(
                        report.isPresent()
                                ? "The journey was not clean: what failed is above and in the report."
                                : "The journey did not take place: the reason is above.");
            }
            return status == 0 ? 0 : WRONG;
        } catch (IOException e) {
            throw Failure.of("Cannot run the load test: " + e.getMessage());
        }
    }

    private int maven(Path root, List<String> goals, Path tokens) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("mvnw").toString(), "-q", "-B", "-pl", "journeys"));
        command.addAll(goals);
        command.addAll(plan.properties(tokens));
        ProcessBuilder maven =
                new ProcessBuilder(command).directory(root.toFile()).inheritIO();
        maven.environment().put("OPENRUN_ADMIN_PASSWORD", plan.shop().adminPassword());
        Process process = maven.start();
        // Whoever ends this command ends the load: Maven and the tool it started, from the leaves.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            return WRONG;
        }
    }

    private static void end(Process process) {
        process.descendants().toList().reversed().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static Optional<Path> newest(Path reports, long sinceMillis) throws IOException {
        if (!Files.isDirectory(reports)) {
            return Optional.empty();
        }
        try (var pages = Files.find(reports, REPORT_DEPTH, (page, is) -> page.endsWith("index.html"))) {
            return pages.filter(index -> index.toFile().lastModified() >= sinceMillis)
                    .max(Comparator.comparingLong(index -> index.toFile().lastModified()));
        }
    }
}
