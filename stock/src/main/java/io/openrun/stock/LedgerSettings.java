package io.openrun.stock;

import java.time.Duration;

/**
 * The bounds of the engine: every queue, pool, wait and batch has its name here.
 *
 * @param queuePerStock requests waiting for one stock's writer; one more is answered busy
 * @param queueInAll requests waiting or being decided over all stocks; one more is answered busy
 * @param maxBatch most requests decided in one transaction
 * @param writers threads that decide batches; each needs a connection while it works
 * @param concurrentCalls calls under way in the strategies that decide one at a time; one more is answered busy
 * @param memory how long a refusal known from the database may be repeated without asking again, at most 1 s in a
 *     shop; a release ends it earlier
 * @param rememberedStocks most stocks whose refusal is remembered
 * @param retryAfter what a busy answer tells its caller to wait
 * @param databaseTimeout longest wait for one answer of the database
 * @param redisTimeout longest wait for one answer of Redis, which is then left alone for a while
 * @param outcomeWait longest search for the outcome of a commit whose connection was lost
 * @param drain longest wait for the queues to empty when closing
 */
public record LedgerSettings(
        int queuePerStock,
        int queueInAll,
        int maxBatch,
        int writers,
        int concurrentCalls,
        Duration memory,
        int rememberedStocks,
        Duration retryAfter,
        Duration databaseTimeout,
        Duration redisTimeout,
        Duration outcomeWait,
        Duration drain) {

    /** Checks the bounds. */
    public LedgerSettings {
        atLeastOne("queuePerStock", queuePerStock);
        atLeastOne("queueInAll", queueInAll);
        atLeastOne("maxBatch", maxBatch);
        atLeastOne("writers", writers);
        atLeastOne("concurrentCalls", concurrentCalls);
        atLeastOne("rememberedStocks", rememberedStocks);
    }

    /** What suits a shop on two cores and more. */
    public static LedgerSettings defaults() {
        return new LedgerSettings(
                16_384,
                65_536,
                1_024,
                4,
                1_024,
                Duration.ofSeconds(1),
                10_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20));
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
