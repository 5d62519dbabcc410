package io.openrun.drop.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.openrun.drop.engine.DatabaseClock;
import io.openrun.drop.engine.DropEngine;
import io.openrun.drop.relay.RelayPositions.News;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publishes the hold log to Kafka: at least once, in order per drop, from one instance at a time, which another
 * replaces when it dies. While a stampede has the machine busy it only trickles; it catches up afterwards.
 */
@Component
class HoldRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HoldRelay.class);

    private static final long PAUSE_AFTER_ERROR_MILLIS = 1_000;
    private static final long STOP_MILLIS = 10_000;
    private static final long LAG_WORTH_TELLING = 10_000;
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DropEngine engine;
    private final PublishHolds publishHolds;
    private final HoldNews holdNews;
    private final SaleLoad load;
    private final RelaySettings settings;
    private final DatabaseClock clock;
    private final Semaphore woken = new Semaphore(0);
    private final AtomicLong lag = new AtomicLong();
    private volatile boolean running;
    private Thread thread = Thread.currentThread();
    private @Nullable Instant newestSent;
    private long toldAt = System.nanoTime();

    HoldRelay(
            DropEngine engine,
            PublishHolds publishHolds,
            HoldNews holdNews,
            RelaySettings settings,
            DatabaseClock clock,
            MeterRegistry meters) {
        this.engine = engine;
        this.publishHolds = publishHolds;
        this.holdNews = holdNews;
        this.load = new SaleLoad(holdNews, settings);
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("openrun.drop.relay.lag", lag, AtomicLong::get)
                .description("Holds and settlements not published yet, as the active relay last saw it")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        holdNews.wake(this::wake);
        thread = Thread.ofPlatform().name("drop-relay").daemon().start(this::run);
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

    private void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void run() {
        while (running) {
            try (var connection = engine.connections().getConnection()) {
                connection.setAutoCommit(true);
                relayWhileTheOnlyOne(new RelayPositions(connection));
            } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
                if (running) {
                    log.warn("the hold relay waits: {}", e.toString());
                    rest(PAUSE_AFTER_ERROR_MILLIS);
                }
            }
        }
    }

    private void relayWhileTheOnlyOne(RelayPositions positions)
            throws SQLException, ExecutionException, TimeoutException {
        if (!positions.becomeTheOnlyOne()) {
            lag.set(0);
            rest(PAUSE_AFTER_ERROR_MILLIS);
            return;
        }
        try {
            positions.forgetWithoutHarm();
            while (running) {
                relay(positions);
            }
        } finally {
            positions.stepDown();
        }
    }

    /** One look at the log: sends what is new, then rests as the sale allows. */
    private void relay(RelayPositions positions) throws SQLException, ExecutionException, TimeoutException {
        boolean yielding = load.isSaturated() && !isTooFarBehind();
        int limit = yielding ? settings.trickle() : settings.maxBatch();
        long unsent = 0;
        boolean more = false;
        for (News news : positions.news()) {
            var newest = publishHolds.publish(news, limit, positions);
            newestSent = newest == null ? newestSent : newest;
            unsent += news.lag();
            more |= news.lag() > limit;
        }
        report(unsent);
        if (yielding) {
            rest(settings.trickleEvery().toMillis());
        } else if (!more) {
            rest(settings.gather().toMillis());
            if (unsent == 0) {
                newestSent = null;
                waitForNews();
            }
        }
    }

    private boolean isTooFarBehind() {
        var sent = newestSent;
        return sent != null && Duration.between(sent, clock.now()).compareTo(settings.maxLag()) > 0;
    }

    private void report(long unsent) {
        lag.set(unsent);
        if (unsent >= LAG_WORTH_TELLING && System.nanoTime() - toldAt > TELL_EVERY_NANOS) {
            toldAt = System.nanoTime();
            log.info("{} holds and settlements are still to be published", unsent);
        }
    }

    private void waitForNews() {
        try {
            if (woken.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped();
        }
    }

    private void rest(long millis) {
        try {
            if (running) {
                Thread.sleep(millis);
            }
        } catch (InterruptedException e) {
            stopped();
        }
    }

    private void stopped() {
        running = false;
        Thread.currentThread().interrupt();
    }
}
