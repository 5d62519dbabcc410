package io.openrun.payment.points;

import io.openrun.platform.problem.Problem;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Lets charges of one wallet take turns before they ask for a database connection. They would queue for the wallet's
 * row anyway, but there they would hold all connections meanwhile and everybody else would wait for one person.
 *
 * <p>Wallets share {@value #STRIPES} queues; {@value #AT_ONCE} of a queue go at once, in arrival order; nobody waits
 * longer than {@value #WAIT_MILLIS} ms.
 */
@Component
class ChargeTurns {

    private static final int STRIPES = 64;
    private static final int AT_ONCE = 2;
    private static final int WAIT_MILLIS = 30_000;

    private final Semaphore[] turns =
            Stream.generate(() -> new Semaphore(AT_ONCE, true)).limit(STRIPES).toArray(Semaphore[]::new);

    /**
     * Runs the work in its turn.
     *
     * @throws io.openrun.platform.problem.ProblemException 503 when the turn did not come in time
     */
    <T> T inTurn(UUID userId, Supplier<T> work) {
        var turn = turns[Math.floorMod(userId.hashCode(), STRIPES)];
        if (!acquired(turn)) {
            throw Problem.busy(503, Duration.ofSeconds(1)).asException();
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private static boolean acquired(Semaphore turn) {
        try {
            return turn.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
