package io.openrun.stock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Locks in Redis, one per stock. A hint: when Redis is away, is flushed or answers late, callers go on without one. */
final class RedisLocks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisLocks.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int ANSWER_MILLIS = 500;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 32;

    private final String url;
    private final String prefix;
    private final Runnable onTimeout;
    private final ReentrantLock connecting = new ReentrantLock();
    private final AtomicLong leftAloneUntil = new AtomicLong(System.nanoTime());
    private volatile @Nullable RedissonClient client;

    /**
     * Locks.
     *
     * @param onTimeout runs when a lock was not given in time, though Redis answered
     */
    RedisLocks(String url, StockSchema schema, Runnable onTimeout) {
        this.url = url;
        this.onTimeout = onTimeout;
        this.prefix = "openrun:" + schema.name() + ":stock:";
    }

    /** To be closed when done. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the stock's lock; returns without it when Redis does not give it in time. */
    Held lock(StockId stock) {
        try {
            RedissonClient redis = connected();
            if (redis == null) {
                return () -> {};
            }
            RLock lock = redis.getLock(prefix + '{' + stock + "}:lock");
            boolean locked = lock.tryLock(LONGEST_WAIT.toMillis(), LEASE.toMillis(), TimeUnit.MILLISECONDS);
            if (!locked) {
                onTimeout.run();
                return () -> {};
            }
            return () -> unlock(lock);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            leaveAlone(e);
        }
        return () -> {};
    }

    /** The lock may have ended or been flushed meanwhile. */
    private void unlock(RLock lock) {
        try {
            lock.unlock();
        } catch (IllegalMonitorStateException e) {
            log.debug("a lock was lost before it was given back", e);
        } catch (RuntimeException e) {
            leaveAlone(e);
        }
    }

    private void leaveAlone(RuntimeException e) {
        leftAloneUntil.set(System.nanoTime() + LEFT_ALONE.toNanos());
        log.warn("deciding without Redis for {}: {}", LEFT_ALONE, e.getMessage());
    }

    private boolean isLeftAlone() {
        return System.nanoTime() - leftAloneUntil.get() < 0;
    }

    /** The connection, or null while Redis is left alone: who waited for a failed attempt does not make the next. */
    private @Nullable RedissonClient connected() {
        if (isLeftAlone()) {
            return null;
        }
        RedissonClient existing = client;
        if (existing != null) {
            return existing;
        }
        connecting.lock();
        try {
            if (client == null && !isLeftAlone()) {
                client = connect();
            }
            return client;
        } finally {
            connecting.unlock();
        }
    }

    /** A failed attempt is noted before the next caller may try. */
    private @Nullable RedissonClient connect() {
        try {
            return Redisson.create(config());
        } catch (RuntimeException e) {
            leaveAlone(e);
            return null;
        }
    }

    private Config config() {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(url)
                .setConnectTimeout(ANSWER_MILLIS)
                .setTimeout(ANSWER_MILLIS)
                .setRetryAttempts(0)
                .setConnectionPoolSize(CONNECTIONS)
                .setConnectionMinimumIdleSize(1);
        return config;
    }

    @Override
    public void close() {
        RedissonClient existing = client;
        if (existing != null) {
            existing.shutdown(0, ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
