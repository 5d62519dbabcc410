package io.openrun.lab.contention.instance;

/**
 * What one instance, or one connection pool to it, did in a run.
 *
 * @param soldInside of them, answered within the measured time
 * @param failed purchases that ended in an error, or were told to come again until they gave up
 * @param comebacks requests that were told to come again and did
 * @param unknown failed requests that may have taken something
 * @param lastSoldNanos from the start to the last sale's answer
 * @param smallestRefused units of the smallest request that was told there are too few left, 0 when none was
 * @param cut whether its time was over before its workload was
 * @param latency an encoded {@code Latency}
 */
@SuppressWarnings("ArrayRecordComponent") // A message: read once, never compared.
public record Share(
        long sold,
        long soldInside,
        long refused,
        long refusedInside,
        long replayed,
        long failed,
        long comebacks,
        long unknown,
        long lastSoldNanos,
        long lastAnswerNanos,
        int smallestRefused,
        boolean cut,
        byte[] latency) {}
