package io.openrun.lab.contention;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything one run of the laboratory found; its JSON is this record, field by field.
 *
 * @param command what was typed, all options written out
 * @param startedAt when, ISO 8601 in UTC
 * @param tookSeconds how long the whole of it took
 * @param seed of the buyers' order, quantities and choices
 */
public record LabResults(
        String command,
        String startedAt,
        double tookSeconds,
        long seed,
        MachineFacts machine,
        DurabilityFacts durability,
        MemoryFacts memory,
        List<LabRun> runs) {

    /** Copies the runs. */
    public LabResults {
        runs = List.copyOf(runs);
    }

    /** What it ran on: processors, memory, operating system, Java and the versions of the engines. */
    public record MachineFacts(
            int cores,
            long memoryMebibytes,
            String os,
            String java,
            String instanceHeap,
            String postgres,
            String redis) {}

    /**
     * The most memory that was resident in all of the laboratory's processes at one moment, and whose it was; 0 where
     * the system does not tell.
     *
     * @param mebibytes by process: {@code laboratory}, {@code instance-1} and so on, {@code database}, {@code redis}
     */
    public record MemoryFacts(long peakMebibytes, Map<String, Long> mebibytes) {

        /** Copies what could change. */
        public MemoryFacts {
            mebibytes = Collections.unmodifiableMap(new LinkedHashMap<>(mebibytes));
        }
    }

    /** What the database said about its commits: {@code on} three times, or the figures mean nothing. */
    public record DurabilityFacts(String fsync, String synchronousCommit, String fullPageWrites) {}
}
