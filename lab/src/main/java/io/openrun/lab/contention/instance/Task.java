package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.Workload;
import java.util.List;
import java.util.UUID;

/**
 * A workload, and one instance's share of it.
 *
 * @param people how many come to a sell-out; to everything else they come without end
 * @param limit most units one person may have
 * @param stocks the stocks, which are there already
 * @param instance this one's number, from 0; of the crowd it serves every {@code instances}th
 * @param clients buyers at a time at this instance
 * @param lastsMillis nobody comes later than this after the start
 * @param startsAtMillis when it starts, by the machine's clock
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
        long lastsMillis,
        long startsAtMillis) {

    /** No crowd at all: the till is only needed for something else. */
    static Task none() {
        return new Task(Workload.SUSTAINED, 0, 0, 1, List.of(), 0, 1, 0, 0, 0);
    }

    /** Its crowd. */
    public Buyers buyers() {
        return Buyers.of(workload, seed, people, limit, stocks.size());
    }
}
