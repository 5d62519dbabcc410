package io.openrun.lab.contention;

import io.openrun.lab.contention.LabResults.MemoryFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks every second how much memory is resident in the laboratory's processes, and remembers the most. A page that
 * several share, as the database's do, is counted once. Where the system does not tell, nothing is found.
 */
final class ResidentMemory implements AutoCloseable {

    private static final long EVERY_MILLIS = 1_000;
    private static final String SHARE = "Pss:";
    private static final int KIBIBYTES_BITS = 10;

    private final Supplier<Map<String, Long>> processes;
    private volatile MemoryFacts most = new MemoryFacts(0, Map.of());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("memory").daemon().factory());

    /**
     * Begins to look.
     *
     * @param processes their numbers by what they are called; each counts with its children, but for those that are
     *     named themselves
     */
    ResidentMemory(Supplier<Map<String, Long>> processes) {
        this.processes = processes;
        var _ = clock.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The most that was resident at one moment, this one included. */
    MemoryFacts peak() {
        look();
        return most;
    }

    private synchronized void look() {
        Map<String, Long> named = processes.get();
        Map<String, Long> mebibytes = new LinkedHashMap<>();
        named.forEach((name, pid) -> mebibytes.put(name, kibibytesOfFamily(pid, named) >> KIBIBYTES_BITS));
        long all = mebibytes.values().stream().mapToLong(Long::longValue).sum();
        if (all > most.peakMebibytes()) {
            most = new MemoryFacts(all, mebibytes);
        }
    }

    private static long kibibytesOfFamily(long pid, Map<String, Long> named) {
        Stream<Long> children = ProcessHandle.of(pid).stream()
                .flatMap(process -> pid == ProcessHandle.current().pid() ? Stream.empty() : process.descendants())
                .map(ProcessHandle::pid)
                .filter(child -> !named.containsValue(child));
        return Stream.concat(Stream.of(pid), children)
                .mapToLong(ResidentMemory::kibibytes)
                .sum();
    }

    private static long kibibytes(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(SHARE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has ended, or this system has no such file.
            return 0;
        }
    }

    @Override
    public void close() {
        clock.close();
    }
}
