package io.openrun.lab.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells how many cores each party used over a stretch of time, children included. */
final class Machine {

    private final Map<String, Long> pids;
    private final Map<String, Duration> before = new LinkedHashMap<>();
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
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return pids.entrySet().stream()
                        .map(e -> "%s %.2f"
                                .formatted(
                                        e.getKey(),
                                        used(e.getValue())
                                                        .minus(before.getOrDefault(e.getKey(), Duration.ZERO))
                                                        .toNanos()
                                                / 1e9
                                                / seconds))
                        .collect(Collectors.joining(", "))
                + " of " + Runtime.getRuntime().availableProcessors() + " cores";
    }

    private static Duration used(long pid) {
        boolean self = pid == ProcessHandle.current().pid();
        return ProcessHandle.of(pid)
                .map(process -> self ? Stream.of(process) : Stream.concat(Stream.of(process), process.descendants()))
                .orElse(Stream.empty())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
