package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workload, and one instance's share of it.
 *
 * @param people how many come to a sell-out; to everything else they come without end
 * @param limit most units one person may have
 * @param stocks the stocks, which are there already
 * @param instance this one's number, from 0; of the crowd it serves every {@code instances}th
 * @param clients buyers at a time at this instance
 * @param startsAtMillis when the first come, by the machine's clock
 * @param told path of the file for what buyers are told; null when nobody will ask
 */
public record Task(
        Workload workload,
        long seed,
        int people,
        int limit,
        List<UUID> stocks,
        int instance,
        int instances,
        int clients,
        Span span,
        long startsAtMillis,
        @Nullable String told) {

    /**
     * How long it goes on.
     *
     * @param leadInMillis before it is measured, so that the crowd is there when it is
     * @param lastsMillis measured: who comes within it is timed, what is answered within it makes the rates
     * @param overtimeMillis how much longer others come at most, so that whoever is timed waits in a crowd to the end
     */
    public record Span(long leadInMillis, long lastsMillis, long overtimeMillis) {

        /** Everything from the first buyer on. */
        public static Span from(long lastsMillis) {
            return new Span(0, lastsMillis, 0);
        }

        /** When nobody comes any more, after the first did. */
        public long millis() {
            return leadInMillis + lastsMillis + overtimeMillis;
        }
    }

    /** No crowd at all: the till is only needed for something else. */
    static Task none() {
        return new Task(Workload.SUSTAINED, 0, 0, 1, List.of(), 0, 1, 0, Span.from(0), 0, null);
    }

    /** Its crowd. */
    public Buyers buyers() {
        return Buyers.of(workload, seed, people, limit, stocks.size());
    }

    /** Where what its buyers are told is to be kept. */
    Acknowledgements acknowledgements() {
        return told == null ? Acknowledgements.forgotten() : Acknowledgements.to(Path.of(told));
    }
}
