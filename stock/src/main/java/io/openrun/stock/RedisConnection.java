package io.openrun.stock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to a Redis that nothing depends on: made when first needed, and left alone for a while whenever Redis
 * is away or answers late. No command is ever repeated.
 */
final class RedisConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 32;
    private static final int LONGEST_MESSAGE = 200;

    private final String url;
    private final String prefix;
    private final int answerMillis;
    private final ReentrantLock connecting = new ReentrantLock();
    private final AtomicLong leftAloneUntil = new AtomicLong(System.nanoTime());
    private volatile @Nullable RedissonClient client;
    private volatile boolean closed;

    RedisConnection(String url, StockSchema schema, Duration timeout) {
        this.url = url;
        this.answerMillis = Math.toIntExact(timeout.toMillis());
        this.prefix = "openrun:" + schema.name() + ":stock:";
    }

    /** The name of something of a stock; all that is a stock's lies in one slot of a cluster. */
    String key(StockId stock, String what) {
        return prefix + '{' + stock + "}:" + what;
    }

    /** Redis has failed: nobody asks it again for a while. */
    void leaveAlone(Throwable failure) {
        if (!closed) {
            leftAloneUntil.set(System.nanoTime() + LEFT_ALONE.toNanos());
            log.warn("deciding without Redis for {}: {}", LEFT_ALONE, said(failure));
        }
    }

    /** The client's messages may quote a whole script. */
    private static String said(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    }

    private boolean isLeftAlone() {
        return closed || System.nanoTime() - leftAloneUntil.get() < 0;
    }

    /** The connection if there is one already, or null. Never waits. */
    @Nullable
    RedissonClient current() {
        return isLeftAlone() ? null : client;
    }

    /** The connection, or null while Redis is left alone: who waited for a failed attempt does not make the next. */
    @Nullable
    RedissonClient connected() {
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
        config.setUseScriptCache(true);
        config.useSingleServer()
                .setAddress(url)
                .setConnectTimeout(answerMillis)
                .setTimeout(answerMillis)
                .setRetryAttempts(0)
                .setConnectionPoolSize(CONNECTIONS)
                .setConnectionMinimumIdleSize(1);
        return config;
    }

    @Override
    public void close() {
        closed = true;
        RedissonClient existing = client;
        if (existing != null) {
            existing.shutdown(0, answerMillis, TimeUnit.MILLISECONDS);
        }
    }
}
