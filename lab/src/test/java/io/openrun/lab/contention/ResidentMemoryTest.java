package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.openrun.lab.contention.LabResults.MemoryFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    private static final long SELF = ProcessHandle.current().pid();

    private final AtomicReference<Map<String, Long>> processes = new AtomicReference<>(Map.of());

    @BeforeEach
    void needsASystemThatTells() {
        assumeThat(Files.isReadable(Path.of("/proc/self/smaps_rollup"))).isTrue();
    }

    @Test
    void tellsEachProcessOfTheMomentWithTheMost() throws Exception {
        Process other = new ProcessBuilder("sh", "-c", "read line").start();
        try (ResidentMemory memory = new ResidentMemory(processes::get)) {
            processes.set(Map.of("laboratory", SELF, "instance-1", other.pid()));

            MemoryFacts peak = memory.peak();

            assertThat(peak.mebibytes()).containsOnlyKeys("laboratory", "instance-1");
            assertThat(peak.mebibytes().get("laboratory")).isPositive();
            assertThat(peak.peakMebibytes())
                    .isEqualTo(peak.mebibytes().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        } finally {
            other.destroy();
        }
    }

    @Test
    void keepsTheMostWhenLessFollows() {
        try (ResidentMemory memory = new ResidentMemory(processes::get)) {
            processes.set(Map.of("laboratory", SELF));
            MemoryFacts peak = memory.peak();

            processes.set(Map.of());

            assertThat(memory.peak()).isEqualTo(peak);
        }
    }
}
