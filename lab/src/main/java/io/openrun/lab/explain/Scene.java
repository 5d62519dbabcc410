package io.openrun.lab.explain;

import io.openrun.lab.strategies.LabStrategy;
import java.util.List;

/**
 * Two buyers and one unit.
 *
 * @param title what is different this time
 * @param instances processes' worth of ledgers, each with connections and locks of its own
 * @param soldBefore units that were sold before the scene begins
 * @param oversells whether two buyers are expected to get the one unit
 * @param conclusion what there is to learn, if it goes as expected
 */
record Scene(String title, int instances, Plot plot, int soldBefore, boolean oversells, String conclusion) {

    private Scene(String title, int instances, Plot plot, boolean oversells, String conclusion) {
        this(title, instances, plot, 0, oversells, conclusion);
    }

    /** Who is held up where. */
    enum Plot {
        /** Each stops before writing and before committing, until the other has come as far or has to wait. */
        MEET,
        /** The first stops before writing for longer than their lock lasts. */
        LAPSE,
        /** Both queue while a third is being served. */
        QUEUE
    }

    /** The scenes that tell what there is to know about a strategy. */
    static List<Scene> of(LabStrategy strategy) {
        return switch (strategy) {
            case UNGUARDED -> List.of(new Scene("One instance, no guard", 1, Plot.MEET, true, """
                        Both read remaining = 1 before either had written. The row lock of the UPDATE only made the \
                        second write wait; then it overwrote the first one's with the same number."""));
            case JVM_LOCK ->
                List.of(
                        new Scene("One instance", 1, Plot.MEET, false, """
                                The lock of the process kept the second buyer from reading until the first had \
                                committed."""),
                        new Scene("Two instances", 2, Plot.MEET, true, """
                                Each process has a lock of its own, so neither buyer waited for the other before \
                                reading: the lock guards a process, not the stock."""));
            case REDIS_LOCK_UNFENCED -> List.of(lockLasts(), lockLapses());
            case JPA_REDISSON_AFTER_COMMIT -> List.of(lockLasts(), lockLapses());
            case JPA_REDISSON_BEFORE_COMMIT ->
                List.of(new Scene("Two instances, the lock is given back before the commit", 2, Plot.MEET, true, """
                        The first buyer gave the lock back before committing, so the second had the lock and still \
                        read the old row: a lock must be held until the commit it protects is done."""));
            case JPA_VERSION, OPTIMISTIC -> List.of(new Scene("Two instances", 2, Plot.MEET, false, """
                        The second write asked for the version that had been read, found no such row any more and \
                        changed nothing, so that buyer had to read again: nobody had to lock, one worked in vain."""));
            case JPA_PESSIMISTIC, PESSIMISTIC -> List.of(new Scene("Two instances", 2, Plot.MEET, false, """
                        Reading locked the row, so the second buyer could not even read before the first had \
                        committed, and then read what was left."""));
            case REDIS_LOCK ->
                List.of(lockLasts(), new Scene("Two instances, the lock runs out", 2, Plot.LAPSE, false, """
                        The lock was lost, but the first buyer's write asked for the version it had read and changed \
                        nothing: the fence in the database decides, the lock only keeps people apart."""));
            case UNIT_ROWS -> List.of(new Scene("Two instances", 2, Plot.MEET, false, """
                        Every unit is a row of its own. The second buyer skipped the row that the first had claimed, \
                        found no other, and asked the stock's row why."""));
            case CONDITIONAL_UPDATE -> List.of(new Scene("Two instances", 2, Plot.MEET, false, """
                        The condition is part of the write: the second UPDATE waited for the row, looked at it again \
                        as the first had left it, and changed nothing."""));
            case REDIS_LUA -> List.of(new Scene("Two instances", 2, Plot.MEET, false, """
                        The gate let one of them through and not the other. Not to be let through is no refusal \
                        yet, for nothing rests on Redis: the second asked the database too, which had the last word."""));
            case GROUP_COMMIT ->
                List.of(
                        new Scene(
                                "One instance: both are in the queue when the writer comes", 1, Plot.QUEUE, false, """
                                Both were decided in one transaction, in the order in which they came: one lock, one \
                                write and one commit, however many there are."""),
                        new Scene("Two instances", 2, Plot.MEET, false, """
                                Each instance has a writer; the row lock puts their batches in order, so the second \
                                read what the first had left."""));
        };
    }

    private static Scene lockLasts() {
        return new Scene("Two instances, the lock lasts", 2, Plot.MEET, false, """
                While the first buyer had the lock the second waited, and then read what was left.""");
    }

    private static Scene lockLapses() {
        return new Scene("Two instances, the lock runs out", 2, Plot.LAPSE, true, """
                The first buyer's lock ran out unnoticed while they stood still; the second bought the unit, and the \
                first then sold it again from what they had read before.""");
    }
}
