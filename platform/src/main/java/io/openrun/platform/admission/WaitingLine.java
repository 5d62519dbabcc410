package io.openrun.platform.admission;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Serves a bounded number at once, in the order they came; a bounded number of others wait, each for a bounded time. The
 * bounds are exact, however many come in the same instant.
 */
public final class WaitingLine {

    private final int maxAtOnce;
    private final Duration maxWait;
    private final Semaphore turns;

    /** For those who are served and those who wait. */
    private final Semaphore places;

    private final int maxPlaces;

    /**
     * Nobody is there yet.
     *
     * @param maxAtOnce how many are served at once, at least 1
     * @param maxWaiting how many others may wait, at least 0; one more is turned away at once
     * @param maxWait the longest that one waits
     */
    public WaitingLine(int maxAtOnce, int maxWaiting, Duration maxWait) {
        this.maxAtOnce = maxAtOnce;
        this.maxWait = maxWait;
        turns = new Semaphore(maxAtOnce, true);
        maxPlaces = maxAtOnce + maxWaiting;
        places = new Semaphore(maxPlaces);
    }

    /**
     * Waits for a turn. Whoever gets one must {@link #leave()}.
     *
     * @return false where too many wait, the wait was too long, or the thread was interrupted (it stays so)
     */
    public boolean enter() {
        if (!places.tryAcquire()) {
            return false;
        }
        boolean served = false;
        try {
            served = turns.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!served) {
                places.release();
            }
        }
        return served;
    }

    /** Gives the turn to the next. */
    public void leave() {
        turns.release();
        places.release();
    }

    /** How many wait, as of now. */
    public int waiting() {
        int served = maxAtOnce - turns.availablePermits();
        return Math.max(0, maxPlaces - places.availablePermits() - served);
    }
}
