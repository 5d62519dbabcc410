package io.openrun.lab.strategies;

import io.openrun.stock.StockId;
import java.util.function.Function;

/**
 * The well-known mistake: a method that is one transaction takes Redisson's lock and gives it back, and the transaction
 * commits when the method has returned. Between the two the next buyer has the lock and reads what is not committed yet.
 */
final class RedissonInside implements Guard {

    private final Guard inner;
    private final RedissonLocks locks;

    RedissonInside(Guard inner, RedissonLocks locks) {
        this.inner = inner;
        this.locks = locks;
    }

    @Override
    public <T> T decide(StockId stock, Function<Books, T> decision) {
        return inner.decide(stock, books -> locks.under(stock, () -> decision.apply(books)));
    }

    @Override
    public <T> T read(Function<Books, T> question) {
        return inner.read(question);
    }

    @Override
    public void close() {
        locks.close();
        inner.close();
    }
}
