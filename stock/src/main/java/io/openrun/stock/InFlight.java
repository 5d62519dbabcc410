package io.openrun.stock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is queued or being decided, up to a bound, and lets a closing ledger wait until all is answered. */
final class InFlight {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean closed;

    InFlight(int most) {
        this.most = most;
    }

    /** Counts one more, unless that is too many or the ledger is closing. Counting first closes the gap to close. */
    boolean enter() {
        if (count.incrementAndGet() <= most && !closed) {
            return true;
        }
        leave(1);
        return false;
    }

    void leave(int answered) {
        if (count.addAndGet(-answered) == 0 && closed) {
            lock.lock();
            try {
                empty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    int count() {
        return count.get();
    }

    /** Lets nobody in any more, and waits until everybody is out. False if that took too long. */
    boolean close(Duration longest) {
        closed = true;
        lock.lock();
        try {
            long left = longest.toNanos();
            while (count.get() > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
            return count.get() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
