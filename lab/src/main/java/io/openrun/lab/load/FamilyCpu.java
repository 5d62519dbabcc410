package io.openrun.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processors' time of a process and all it started, as far as the system tells. Of those that have ended since it
 * counts what their parent was charged with, so that a worker that comes and goes is not missing from a difference.
 */
public final class FamilyCpu {

    /** Linux counts these in hundredths of a second, on every machine. */
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    /** Places of cutime and cstime behind the name of the program, which may have spaces in it. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;

    private FamilyCpu() {}

    /** Up to now, in nanoseconds; 0 if there is no such process. */
    public static long nanos(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process -> ownNanos(process) + endedNanos(process.pid()))
                .sum();
    }

    /** Linux tells the nanoseconds of a process of one thread, as the database's are; elsewhere it is hundredths. */
    private static long ownNanos(ProcessHandle process) {
        List<String> lines = lines(process.pid(), "task/%d/schedstat".formatted(process.pid()));
        boolean single = lines(process.pid(), "status").contains("Threads:\t1");
        return single && !lines.isEmpty()
                ? Long.parseLong(lines.getFirst().split(" ", -1)[0])
                : process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    private static long endedNanos(long pid) {
        List<String> lines = lines(pid, "stat");
        if (lines.isEmpty()) {
            return 0;
        }
        String line = lines.getFirst();
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) * NANOS_PER_TICK;
    }

    /** None where the system has no such file, or the process has gone. */
    private static List<String> lines(long pid, String file) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
