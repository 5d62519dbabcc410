package io.openrun.lab.strategies;

import io.openrun.stock.StockId;
import java.util.function.Function;

/** Redisson's lock around the transaction: taken before it begins, given back after its commit. */
final class RedissonAround implements Guard {

    private final Guard inner;
    private final RedissonLocks locks;

    RedissonAround(Guard inner, RedissonLocks locks) {
        this.inner = inner;
        this.locks = locks;
    }

    @Override
    public <T> T decide(StockId stock, Function<Books, T> decision) {
        return locks.under(stock, () -> inner.decide(stock, decision));
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
