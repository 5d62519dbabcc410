package io.openrun.lab.contention.instance;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends holds whose time has passed, every few milliseconds until closed, as a shop does every second or so. */
final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final long EVERY_MILLIS = 20;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sweeper").daemon().factory());
    private final Till till;

    Sweeper(Till till) {
        this.till = till;
        var _ = clock.scheduleWithFixedDelay(this::sweep, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            till.sweep();
        } catch (RuntimeException e) {
            log.warn("a sweep failed, the next one follows", e);
        }
    }

    @Override
    public void close() {
        clock.close();
    }
}
