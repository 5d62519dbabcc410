package io.openrun.lab.explain;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Stops a buyer just before they send something, until they are told to go on. */
final class Gate {

    /** So that nobody stands there for ever when the scene has broken down. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private @Nullable Moment stopAt;
    private boolean somebodyStands;

    /** Lets the buyer go on, until just before that moment. */
    void openUntil(Moment next) {
        open(next);
    }

    /** Lets the buyer go on to the end. */
    void open() {
        open(null);
    }

    private void open(@Nullable Moment next) {
        lock.lock();
        try {
            stopAt = next;
            somebodyStands = false;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean somebodyStands() {
        lock.lock();
        try {
            return somebodyStands;
        } finally {
            lock.unlock();
        }
    }

    /** Comes back at once, unless the buyer is to stop here. */
    void pass(Moment moment) {
        lock.lock();
        try {
            if (stopAt != moment) {
                return;
            }
            somebodyStands = true;
            long left = LONGEST_STOP.toNanos();
            while (somebodyStands) {
                if (left <= 0) {
                    throw new IllegalStateException("nobody opened the gate within " + LONGEST_STOP);
                }
                left = opened.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the gate", e);
        } finally {
            lock.unlock();
        }
    }
}
