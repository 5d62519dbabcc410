package io.openrun.lab.strategies;

import io.openrun.stock.StockId;
import io.openrun.stock.StockSchema;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/** Redisson's lock, one per stock, with a lease: whoever stops for longer than that has lost it and is not told. */
final class RedissonLocks implements AutoCloseable {

    /** How long a lock lasts when nobody gives it back: far longer than a sale takes, even on a machine under load. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(RedissonLocks.class);

    /**
     * For the lock, and for every single answer of Redis: longer than a shop would let anybody wait. A crowd is not to
     * fail because the lock is slow, nor because the machine stood still for seconds.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 64;
    private static final int IDLE_CONNECTIONS = 4;

    private final RedissonClient redis;
    private final String prefix;
    private final Duration lease;

    RedissonLocks(String url, StockSchema schema, Duration lease) {
        this.lease = lease;
        Config config = new Config();
        config.useSingleServer()
                .setAddress(url)
                .setTimeout(Math.toIntExact(LONGEST_WAIT.toMillis()))
                .setSubscriptionTimeout(Math.toIntExact(LONGEST_WAIT.toMillis()))
                .setConnectionPoolSize(CONNECTIONS)
                .setConnectionMinimumIdleSize(IDLE_CONNECTIONS);
        this.redis = Redisson.create(config);
        this.prefix = "openrun:" + schema.name() + ":stock:";
    }

    /** Works while the lock is held, or throws {@link LockTimeoutException} without having worked. */
    <T> T under(StockId stock, Supplier<T> work) {
        RLock lock = redis.getLock(prefix + '{' + stock + "}:lock");
        acquire(stock, lock);
        try {
            return work.get();
        } finally {
            giveBack(lock);
        }
    }

    private void acquire(StockId stock, RLock lock) {
        try {
            if (!lock.tryLock(LONGEST_WAIT.toMillis(), lease.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LockTimeoutException(stock);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeoutException(stock);
        } catch (RedisException e) {
            throw new DataAccessResourceFailureException("no lock without Redis", e);
        }
    }

    /** Too late is noticed only here, when everything has been written. */
    private static void giveBack(RLock lock) {
        try {
            lock.unlock();
        } catch (IllegalMonitorStateException e) {
            log.debug("a lock had ended before it was given back", e);
        } catch (RedisException e) {
            log.warn("a lock was not given back and will have to run out: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        redis.shutdown(0, LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
    }
}
