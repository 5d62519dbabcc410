package io.openrun.platform.chores;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A chore done again and again on a virtual thread: at once while there is more to do, after a pause otherwise
 * or when it is woken, after a longer pause when it failed.
 */
public final class Rounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final long PAUSE_AFTER_ERROR_MILLIS = 1_000;
    private static final long STOP_MILLIS = 10_000;

    private final String name;
    private final Duration pause;
    private final BooleanSupplier round;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    /**
     * A chore that begins with the application.
     *
     * @param round does a bounded part of the work; true when there may be more
     */
    public Rounds(String name, Duration pause, BooleanSupplier round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    /** There is something to do now. */
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        boolean failing = false;
        while (running) {
            long pauseMillis = pause.toMillis();
            try {
                if (round.getAsBoolean()) {
                    pauseMillis = 0;
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    log.warn("{} will be tried again: {}", name, e.toString());
                }
                failing = true;
                pauseMillis = PAUSE_AFTER_ERROR_MILLIS;
            }
            pause(pauseMillis);
        }
    }

    private void pause(long millis) {
        try {
            if (millis > 0 && woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
