package io.openrun.lab.contention;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a laboratory leaves behind when it is ended from outside. */
@Timeout(180)
class LabProcessTest {

    @TempDir
    private Path folder;

    private final List<Process> labs = new ArrayList<>();

    /** A laboratory in a process of its own. */
    static final class Main {
        private Main() {}

        /** Takes the options of {@code openrun lab}. */
        public static void main(String[] args) {
            System.exit(new CommandLine(new LabCommand()).execute(args));
        }
    }

    @Test
    void leavesNothingWhenItIsInterrupted() throws Exception {
        Process lab = start();
        List<ProcessHandle> family = familyAtWork(lab);

        // SIGTERM takes the same way out as Ctrl-C, and is not ignored where tests run in the background.
        lab.destroy();

        assertThat(lab.waitFor(60, SECONDS)).isTrue();
        await().atMost(20, SECONDS).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder.resolve("results/engines")).doesNotExist();
    }

    @Test
    void takesItsSellingProcessesWithItWhenItIsKilled() throws Exception {
        Process lab = start("--database-url", SharedEngines.newDatabase(), "--redis-url", redis());
        List<ProcessHandle> family = familyAtWork(lab);

        lab.destroyForcibly();

        await().atMost(20, SECONDS).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        try (LabFolder next = LabFolder.create(folder.resolve("next"))) {
            assertThat(folder.resolve("results/engines")).doesNotExist();
            assertThat(next.engines()).exists();
        }
    }

    @AfterEach
    void end() {
        labs.forEach(Process::destroyForcibly);
    }

    private Process start(String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--strategies",
                "group-commit",
                "--workloads",
                "sustained",
                "--clients",
                "4",
                "--seconds",
                "100",
                "--out",
                folder.resolve("results").toString()));
        line.addAll(List.of(more));
        Process lab = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        labs.add(lab);
        return lab;
    }

    /** The laboratory's children, once a selling process is among them. */
    private List<ProcessHandle> familyAtWork(Process lab) {
        await().atMost(90, SECONDS).until(() -> {
            assertThat(lab.isAlive()).as(this::output).isTrue();
            return lab.descendants()
                    .anyMatch(child -> child.info().command().orElse("").endsWith("java"));
        });
        return lab.descendants().toList();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return "no output";
        }
    }

    private static String redis() {
        return SharedEngines.redis().url();
    }
}
