package io.openrun.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What measures a shop of its own, and is interrupted, leaves nothing behind. */
class InterruptedMeasuringTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bench --only B", "sustain"})
    void endsTheEnginesItStartedAndRemovesTheirData(String command) throws Exception {
        var before = measurements();
        var measuring = Terminal.run(folder, (Object[]) command.split(" ", -1)).untilItSays("starting engines");
        var data = new HashSet<>(measurements());
        data.removeAll(before);
        assertThat(data).hasSize(1);
        var run = data.iterator().next().resolve("run");
        await().atMost(PATIENCE_SECONDS, SECONDS)
                .until(() -> process(run, "redis").isPresent()
                        && process(run, "postgres").isPresent());
        var started = List.of(
                process(run, "redis").orElseThrow(), process(run, "postgres").orElseThrow());

        int interrupted = measuring.pressCtrlC();

        assertThat(measuring.exitStatus()).isEqualTo(interrupted);
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(data).noneMatch(Files::exists);
    }

    private static Optional<ProcessHandle> process(Path run, String engine) {
        return ProcessRecord.readFrom(run.resolve(engine + ".pid")).flatMap(ProcessRecord::find);
    }

    private static Set<Path> measurements() throws IOException {
        var found = new HashSet<Path>();
        try (var folders = Files.newDirectoryStream(TEMPORARY, "openrun-{bench,sustain}-*")) {
            folders.forEach(found::add);
        }
        return found;
    }
}
