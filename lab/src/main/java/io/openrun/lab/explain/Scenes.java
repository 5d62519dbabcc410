package io.openrun.lab.explain;

import static io.openrun.lab.explain.Scene.Sight.a;
import static io.openrun.lab.explain.Scene.Sight.b;
import static io.openrun.lab.explain.Scene.exact;
import static io.openrun.lab.explain.Scene.overselling;

import io.openrun.lab.explain.Scene.Plot;
import io.openrun.lab.explain.Scene.Sight;
import io.openrun.lab.strategies.LabStrategy;
import java.util.List;

/** The scenes that tell what there is to know about a strategy. */
final class Scenes {

    private static final String TWO_INSTANCES = "Two instances";

    private static final String READ_ONE = "remaining = 1";
    private static final String READ_NONE = "remaining = 0";
    private static final String ROW_LOCK = "waits in the database";
    private static final String REDIS_LOCK = "waits for Redis";
    private static final String COMMIT = "→ COMMIT";

    private static final List<Sight> READ_BY_BOTH = List.of(a(READ_ONE), b(READ_ONE), a(COMMIT), b(COMMIT));

    private Scenes() {}

    static List<Scene> of(LabStrategy strategy) {
        return switch (strategy) {
            case UNGUARDED -> List.of(unguarded());
            case JVM_LOCK -> List.of(oneProcess(), twoProcesses());
            case REDIS_LOCK_UNFENCED, JPA_REDISSON_AFTER_COMMIT -> List.of(lockLasts(), lockRunsOut());
            case JPA_REDISSON_BEFORE_COMMIT -> List.of(lockGivenBackEarly());
            case JPA_VERSION, OPTIMISTIC -> List.of(version());
            case JPA_PESSIMISTIC, PESSIMISTIC -> List.of(rowLock());
            case REDIS_LOCK -> List.of(lockLasts(), fenceHolds());
            case UNIT_ROWS -> List.of(unitRows());
            case CONDITIONAL_UPDATE -> List.of(condition());
            case REDIS_LUA -> List.of(gate());
            case GROUP_COMMIT -> List.of(oneBatch(), twoBatches());
        };
    }

    private static Scene unguarded() {
        return overselling(
                "One instance, no guard",
                1,
                Plot.MEET,
                List.of(a(READ_ONE), b(READ_ONE), b(ROW_LOCK), a(COMMIT), b(COMMIT)),
                """
                Both read remaining = 1 before either had written. The row lock of the UPDATE only made the second \
                write wait; then it overwrote the first one's with the same number.""");
    }

    private static Scene oneProcess() {
        return exact(
                "One instance",
                1,
                Plot.MEET,
                List.of(a(READ_ONE), b("waits for the lock of the process"), a(COMMIT), b(READ_NONE)),
                """
                The lock of the process kept the second buyer from reading until the first had committed.""");
    }

    private static Scene twoProcesses() {
        return overselling(TWO_INSTANCES, 2, Plot.MEET, READ_BY_BOTH, """
                Each process has a lock of its own, so neither buyer waited for the other before reading: the lock \
                guards a process, not the stock.""");
    }

    private static Scene lockLasts() {
        return exact(
                "Two instances, the lock lasts",
                2,
                Plot.MEET,
                List.of(a(READ_ONE), b(REDIS_LOCK), a(COMMIT), b(READ_NONE)),
                """
                While the first buyer had the lock the second waited, and then read what was left.""");
    }

    private static Scene lockRunsOut() {
        return overselling(
                "Two instances, the lock runs out",
                2,
                Plot.LAPSE,
                List.of(a(READ_ONE), b(READ_ONE), b(COMMIT), a(COMMIT)),
                """
                The first buyer's lock ran out unnoticed while they stood still; the second bought the unit, and the \
                first then sold it again from what they had read before.""");
    }

    private static Scene fenceHolds() {
        return exact(
                "Two instances, the lock runs out",
                2,
                Plot.LAPSE,
                List.of(a(READ_ONE), b(COMMIT), a("← 0 rows"), a(READ_NONE)),
                """
                The lock was lost, but the first buyer's write asked for the version it had read and changed nothing: \
                the fence in the database decides, the lock only keeps people apart.""");
    }

    private static Scene lockGivenBackEarly() {
        return overselling(
                "Two instances, the lock is given back before the commit",
                2,
                Plot.MEET,
                List.of(a(READ_ONE), b(REDIS_LOCK), a("PUBLISH"), b(READ_ONE), a(COMMIT), b(COMMIT)),
                """
                The first buyer gave the lock back before committing, so the second had the lock and still read the \
                old row: a lock must be held until the commit it protects is done.""");
    }

    private static Scene version() {
        return exact(
                TWO_INSTANCES,
                2,
                Plot.MEET,
                List.of(a(READ_ONE), b(READ_ONE), b(ROW_LOCK), a(COMMIT), b("← 0 rows"), b(READ_NONE)),
                """
                The second write asked for the version that had been read, found no such row any more and changed \
                nothing, so that buyer had to read again: nobody was kept from reading, one worked in vain.""");
    }

    private static Scene rowLock() {
        return exact(TWO_INSTANCES, 2, Plot.MEET, List.of(a(READ_ONE), b(ROW_LOCK), a("COMMIT"), b(READ_NONE)), """
                Reading locked the row, so the second buyer could not even read before the first had committed, and \
                then read what was left.""");
    }

    private static Scene unitRows() {
        return exact(
                        "Two instances, one of two units is sold already",
                        2,
                        Plot.MEET,
                        List.of(a("SKIP LOCKED"), a("← 1 row"), b("SKIP LOCKED"), b("← 0 rows")),
                        """
                Every unit is a row of its own. The second buyer skipped the row that the first had claimed, found no \
                other, and asked the stock's row why.""")
                .after(1);
    }

    private static Scene condition() {
        return exact(
                TWO_INSTANCES, 2, Plot.MEET, List.of(a("; COMMIT"), b("; COMMIT"), b("← no row"), b(READ_NONE)), """
                The condition is part of the write, and the hold and the commit are in the same message: there is \
                nothing in between for another to read. The second UPDATE found the row as the first had left it and \
                changed nothing; why, it then asked under the row's lock.""");
    }

    private static Scene gate() {
        return exact(
                TWO_INSTANCES, 2, Plot.MEET, List.of(a(", 0, 1]"), b(", 0, 0]"), a("; COMMIT"), b(READ_NONE)), """
                The gate let one of them through and not the other. Not to be let through is no refusal yet, for \
                nothing rests on Redis: the second asked the database too, which had the last word.""");
    }

    private static Scene oneBatch() {
        return exact(
                "One instance: both are in the queue when the writer comes",
                1,
                Plot.QUEUE,
                List.of(a("FOR UPDATE"), a("; COMMIT"), a("Buyer A"), a("Buyer B")),
                """
                Both were decided in one transaction, in the order in which they came: one lock, and one message with \
                the write and the commit.""");
    }

    private static Scene twoBatches() {
        return exact(
                TWO_INSTANCES, 2, Plot.MEET, List.of(a("; COMMIT"), b("; COMMIT"), b("← no row"), b(READ_NONE)), """
                Each instance has a writer, and each writer had one buyer: that is one message, from BEGIN to COMMIT. \
                The row puts them in order as it does batches, so the second found no unit and read under the lock \
                what the first had left.""");
    }
}
