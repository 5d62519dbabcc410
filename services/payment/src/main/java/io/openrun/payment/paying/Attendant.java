package io.openrun.payment.paying;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Calls {@link AttendPayments} now and then, and at once when it is woken, while the service runs. */
@Component
class Attendant implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Attendant.class);

    private static final long STOP_MILLIS = 10_000;

    private final AttendPayments attend;
    private final PayingSettings settings;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = Thread.currentThread();

    Attendant(AttendPayments attend, PayingSettings settings) {
        this.attend = attend;
        this.settings = settings;
    }

    /** There is something to do now. */
    void wake() {
        woken.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("payment-attendant").start(this::run);
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
        while (running) {
            if (!attendedSome()) {
                pause();
            }
        }
    }

    private boolean attendedSome() {
        try {
            return attend.attendSome();
        } catch (RuntimeException e) {
            log.warn("payments wait for the database: {}", e.toString());
            return false;
        }
    }

    private void pause() {
        try {
            if (woken.tryAcquire(settings.attendEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
