package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a killed PostgreSQL leaves behind: a pid file, and children that take a moment to notice. */
final class PostgresLeftovers {

    private static final Path SHARED_MEMORY = Path.of("/proc/sysvipc/shm");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int SHARED_MEMORY_LINE = 6;
    private static final int SHMID_COLUMN = 1;
    private static final int ATTACHED_COLUMN = 6;

    private PostgresLeftovers() {}

    /**
     * Makes {@code data} startable. A server still running on it is stopped; a pid file without its server
     * is removed, because the next start would otherwise wait for whoever has that process id today.
     */
    static void clear(Path data) {
        // The library keeps its lock as long as its JVM lives, even when its server was killed.
        remove(data.resolve("epg-lock"));
        var pidFile = data.resolve("postmaster.pid");
        var lines = readIfThere(pidFile);
        if (lines.isEmpty()) {
            return;
        }
        serverOn(data, lines).ifPresent(server -> OwnedProcess.adopt(server, data.resolve("leftover.pid"))
                .stop("INT", LIMIT));
        sharedMemoryOf(lines).ifPresent(id -> Patience.until(LIMIT, Duration.ofMillis(20), () -> attachedTo(id) == 0));
        remove(pidFile);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EngineException("Cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<ProcessHandle> serverOn(Path data, List<String> pidFile) {
        return number(pidFile.getFirst())
                .flatMap(ProcessHandle::of)
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
    }

    private static Optional<Long> sharedMemoryOf(List<String> pidFile) {
        if (pidFile.size() <= SHARED_MEMORY_LINE) {
            return Optional.empty();
        }
        var keyAndId = pidFile.get(SHARED_MEMORY_LINE).strip().split("\\s+", -1);
        return keyAndId.length == 2 ? number(keyAndId[1]) : Optional.empty();
    }

    private static long attachedTo(long sharedMemoryId) {
        return readIfThere(SHARED_MEMORY).stream()
                .map(row -> row.strip().split("\\s+", -1))
                .filter(row -> row.length > ATTACHED_COLUMN)
                .filter(row -> row[SHMID_COLUMN].equals(Long.toString(sharedMemoryId)))
                .map(row -> number(row[ATTACHED_COLUMN]).orElse(0L))
                .findFirst()
                .orElse(0L);
    }

    private static List<String> readIfThere(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
