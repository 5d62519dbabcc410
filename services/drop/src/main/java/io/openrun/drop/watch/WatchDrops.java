package io.openrun.drop.watch;

import io.openrun.drop.schedule.DropView;
import io.openrun.drop.schedule.ReadDrops;
import io.openrun.platform.chores.Rounds;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks at all drops that somebody of this instance watches, in one statement, however many watch. */
@Component
class WatchDrops implements SmartLifecycle {

    /** The most watchers of an instance, each with a connection that nobody else can have meanwhile. */
    static final int MAX_WATCHERS = 1_000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ReadDrops reading;
    private final Map<UUID, WatchedDrop> watched = new ConcurrentHashMap<>();
    private final AtomicInteger watchers = new AtomicInteger();
    private final Rounds looking = new Rounds("drop-watch", LOOK_EVERY, this::look);

    WatchDrops(ReadDrops reading) {
        this.reading = reading;
    }

    /** A place to watch from, or false when there are too many: give it back with {@link #leave}. */
    boolean enter() {
        if (watchers.incrementAndGet() <= MAX_WATCHERS) {
            return true;
        }
        watchers.decrementAndGet();
        return false;
    }

    WatchedDrop watch(DropView first) {
        var drop = watched.compute(first.id(), (id, known) -> {
            var joined = known == null ? new WatchedDrop(first) : known;
            joined.update(first);
            joined.join();
            return joined;
        });
        return drop;
    }

    void unwatch(UUID id) {
        watched.computeIfPresent(id, (same, drop) -> drop.leave() ? null : drop);
    }

    void leave() {
        watchers.decrementAndGet();
    }

    private boolean look() {
        if (!watched.isEmpty()) {
            for (var view : reading.all(watched.keySet())) {
                var drop = watched.get(view.id());
                if (drop != null) {
                    drop.update(view);
                }
            }
        }
        return false;
    }

    @Override
    public void start() {
        looking.start();
    }

    @Override
    public void stop() {
        looking.stop();
        watched.values().forEach(WatchedDrop::end);
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }
}
