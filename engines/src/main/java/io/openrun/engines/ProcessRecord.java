package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process written down so that a later run recognises it: its id, when it started, and its program.
 *
 * <p>A process id alone is not an identity, it is reused; a record matches only a live process with the
 * same start time (within {@link #CLOCK_TOLERANCE}, because the start is counted from a boot time that
 * clock corrections move) and the same program.
 */
public record ProcessRecord(long pid, Instant startedAt, String command) {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);
    private static final String UNKNOWN = "";

    /** Describes a live process as the operating system shows it now. */
    public static ProcessRecord of(ProcessHandle process) {
        var info = process.info();
        return new ProcessRecord(
                process.pid(),
                info.startInstant().orElse(Instant.EPOCH),
                info.command().orElse(UNKNOWN));
    }

    /** The same for a process that is about to become another program. */
    ProcessRecord ofAnyCommand() {
        return new ProcessRecord(pid, startedAt, UNKNOWN);
    }

    /** Writes this record, replacing what was there. */
    public void writeTo(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, List.of(Long.toString(pid), Long.toString(startedAt.toEpochMilli()), command));
        } catch (IOException e) {
            throw new EngineException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a record; a missing or unreadable one is empty. */
    public static Optional<ProcessRecord> readFrom(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2) {
                return Optional.empty();
            }
            var command = lines.size() > 2 ? lines.get(2) : UNKNOWN;
            return Optional.of(new ProcessRecord(
                    Long.parseLong(lines.get(0)), Instant.ofEpochMilli(Long.parseLong(lines.get(1))), command));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The live process this record describes, or empty when it ended (or its id belongs to another now). */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::describes);
    }

    private boolean describes(ProcessHandle process) {
        var now = of(process);
        boolean sameStart = Duration.between(startedAt, now.startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0;
        boolean sameCommand = command.equals(UNKNOWN) || now.command.equals(UNKNOWN) || command.equals(now.command);
        return sameStart && sameCommand && !startedAt.equals(Instant.EPOCH);
    }
}
