package io.openrun.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    @TempDir
    Path folder;

    @Test
    void isMadeOfARecordedRunAndUsedByTheNextUntilTheProgramChanges() throws Exception {
        var jar = jarOf(Waiting.class, "first build");
        assertThat(cache(jar).isWanted()).isTrue();
        assertThat(cache(jar).options()).isEmpty();

        var recorded = start(jar, cache(jar).recordingOptions());
        cache(jar).train(recorded.pid()).orElseThrow().await();
        recorded.destroyForcibly().waitFor();

        assertThat(cache(jar).isTrained()).isTrue();
        assertThat(cache(jar).isWanted()).isFalse();
        var next = start(jar, cache(jar).options(), "-XX:AOTMode=on");
        assertThat(next.isAlive()).isTrue();
        next.destroyForcibly().waitFor();

        jarOf(Waiting.class, "second build");
        assertThat(cache(jar).isTrained()).isFalse();
        assertThat(cache(jar).isWanted()).isTrue();
    }

    @Test
    void isStillWantedWhenTheRecordedRunEndedTooEarlyOrTheMakingWasCancelled() throws Exception {
        var jar = jarOf(Waiting.class, "only build");
        var early = start(jar, cache(jar).recordingOptions());
        early.destroyForcibly().waitFor();
        assertThat(cache(jar).train(early.pid())).isEmpty();

        var recorded = start(jar, cache(jar).recordingOptions());
        var training = cache(jar).train(recorded.pid()).orElseThrow();
        training.cancel();
        training.await();
        recorded.destroyForcibly().waitFor();

        assertThat(cache(jar).isTrained()).isFalse();
        assertThat(cache(jar).isWanted()).isTrue();
        assertThat(folder.resolve("aot")).isDirectoryNotContaining("glob:**.aotconf");
    }

    @Test
    void isNotWantedAgainOfABuildForWhichItWasGivenUp() throws Exception {
        var jar = jarOf(Waiting.class, "first build");
        cache(jar).giveUp();
        assertThat(cache(jar).isWanted()).isFalse();
        assertThat(cache(jar).options()).isEmpty();

        jarOf(Waiting.class, "second build");
        assertThat(cache(jar).isWanted()).isTrue();
    }

    private AotCache cache(Path jar) {
        return new AotCache("waiting", folder.resolve("aot"), List.of("-XX:+UseSerialGC"), jar.toString());
    }

    private static Process start(Path jar, List<String> options, String... more) throws IOException {
        var command = new ArrayList<>(List.of(JavaProgram.path(), "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", jar.toString(), Waiting.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.inputReader().readLine()).isEqualTo(Waiting.READY);
        return process;
    }

    private Path jarOf(Class<?> program, String comment) throws IOException {
        var jar = folder.resolve("program.jar");
        var entry = program.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var bytes = program.getClassLoader().getResourceAsStream(entry)) {
            out.setComment(comment);
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}
