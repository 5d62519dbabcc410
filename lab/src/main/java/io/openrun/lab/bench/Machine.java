package io.openrun.lab.bench;

import io.openrun.lab.load.FamilyCpu;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells how many cores each party used over a stretch of time, children included. */
final class Machine {

    private final Map<String, Long> pids;
    private final Map<String, Long> before = new LinkedHashMap<>();
    private final long beganNanos = System.nanoTime();

    private Machine(Map<String, Long> pids) {
        this.pids = pids;
        pids.forEach((who, pid) -> before.put(who, used(pid)));
    }

    /** Begins now; the generator itself is always among the parties. */
    static Machine watch(Map<String, Long> parties) {
        Map<String, Long> all = new LinkedHashMap<>(parties);
        all.put("generator", ProcessHandle.current().pid());
        return new Machine(all);
    }

    /** For example {@code server 0.92, generator 0.61 of 2 cores}. */
    String usage() {
        double nanos = System.nanoTime() - beganNanos;
        return pids.entrySet().stream()
                        .map(e -> "%s %.2f"
                                .formatted(
                                        e.getKey(), (used(e.getValue()) - before.getOrDefault(e.getKey(), 0L)) / nanos))
                        .collect(Collectors.joining(", "))
                + " of " + Runtime.getRuntime().availableProcessors() + " cores";
    }

    /** The generator has started the others, so its children are not its own use. */
    private static long used(long pid) {
        ProcessHandle current = ProcessHandle.current();
        return pid == current.pid()
                ? current.info().totalCpuDuration().orElse(Duration.ZERO).toNanos()
                : FamilyCpu.nanos(pid);
    }
}
