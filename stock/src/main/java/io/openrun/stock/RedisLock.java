package io.openrun.stock;

import java.sql.SQLException;
import java.util.List;

/**
 * A lock in Redis around read, check and write. The lock only keeps callers from getting in each other's way: it can be
 * lost at any time, and what makes this correct is the fence, the version the write must find unchanged. So when Redis
 * is away the callers go on without it, and only have to try more often.
 */
final class RedisLock extends OneByOne {

    static final String NAME = "redis-lock";

    private final RedisLocks locks;

    RedisLock(LedgerParts parts, RedisLocks locks) {
        super(parts);
        this.locks = locks;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    boolean decide(StockId stock, Ask<?> ask) throws SQLException {
        try (RedisLocks.Held ignored = locks.lock(stock)) {
            return parts.transactions().runFenced(stock, List.of(ask));
        }
    }
}
