package io.openrun.drop.watch;

import io.openrun.drop.schedule.DropView;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The latest look at a drop that somebody watches. A slow watcher misses looks in between, never the latest. */
final class WatchedDrop {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int watchers;
    private boolean ended;
    private DropView latest;

    WatchedDrop(DropView first) {
        this.latest = first;
    }

    /** Takes a look at the drop, unless a later one is known: what watchers see never goes back. */
    void update(DropView view) {
        lock.lock();
        try {
            if (view.serverTime().isBefore(latest.serverTime())) {
                return;
            }
            boolean differs = isNews(latest, view);
            latest = view;
            if (differs) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A view that differs from the one seen, or null when there was none in that time. */
    @Nullable
    DropView awaitNews(DropView seen, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!isNews(seen, latest) && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isNews(seen, latest) ? latest : null;
        } finally {
            lock.unlock();
        }
    }

    void join() {
        watchers++;
    }

    /** True when nobody is left. */
    boolean leave() {
        watchers--;
        return watchers == 0;
    }

    private static boolean isNews(DropView before, DropView after) {
        return before.remaining() != after.remaining() || before.state() != after.state();
    }
}
