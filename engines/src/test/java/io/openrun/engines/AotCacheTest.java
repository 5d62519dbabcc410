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
    void isRecordedByTheFirstRunAndUsedByTheNextUntilTheProgramChanges() throws Exception {
        var jar = jarOf(Waiting.class, "first build");
        assertThat(cache(jar).isTrained()).isFalse();

        var first = start(cache(jar), jar);
        assertThat(cache(jar).endRecording(first.pid())).isTrue();
        cache(jar).train().orElseThrow().await();
        first.destroyForcibly().waitFor();

        assertThat(cache(jar).isTrained()).isTrue();
        var second = start(cache(jar), jar, "-XX:AOTMode=on");
        assertThat(second.isAlive()).isTrue();
        second.destroyForcibly().waitFor();

        jarOf(Waiting.class, "second build");
        assertThat(cache(jar).isTrained()).isFalse();
    }

    @Test
    void recordsAgainWhenTheFirstRunEndedTooEarly() throws Exception {
        var jar = jarOf(Waiting.class, "only build");
        start(cache(jar), jar).destroyForcibly().waitFor();

        assertThat(cache(jar).train()).isEmpty();
        assertThat(cache(jar).options()).contains("-XX:AOTMode=record");
    }

    private AotCache cache(Path jar) {
        return new AotCache("waiting", folder.resolve("aot"), List.of("-XX:+UseSerialGC"), jar.toString());
    }

    private static Process start(AotCache cache, Path jar, String... more) throws IOException {
        var command = new ArrayList<>(List.of(JavaProgram.path(), "-XX:+UseSerialGC"));
        command.addAll(cache.options());
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
