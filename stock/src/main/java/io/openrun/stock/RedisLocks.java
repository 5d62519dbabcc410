package io.openrun.stock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Locks in Redis, one per stock. A hint: when Redis is away, is flushed or answers late, callers go on without one. */
final class RedisLocks {

    private static final Logger log = LoggerFactory.getLogger(RedisLocks.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final RedisConnection connection;
    private final Runnable onTimeout;

    /**
     * Locks.
     *
     * @param onTimeout runs when a lock was not given in time, though Redis answered
     */
    RedisLocks(RedisConnection connection, Runnable onTimeout) {
        this.connection = connection;
        this.onTimeout = onTimeout;
    }

    /** To be closed when done. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the stock's lock; returns without it when Redis does not give it in time. */
    Held lock(StockId stock) {
        try {
            RedissonClient redis = connection.connected();
            if (redis == null) {
                return () -> {};
            }
            RLock lock = redis.getLock(connection.key(stock, "lock"));
            if (lock.tryLock(LONGEST_WAIT.toMillis(), LEASE.toMillis(), TimeUnit.MILLISECONDS)) {
                return () -> unlock(lock);
            }
            onTimeout.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            connection.leaveAlone(e);
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
            connection.leaveAlone(e);
        }
    }
}
