package io.openrun.lab.strategies;

import io.micrometer.core.instrument.Counter;
import io.openrun.stock.StockId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** One lock per stock in this process, taken before the transaction begins and given back after its commit. */
final class JvmLocked implements Guard {

    private final Guard inner;
    private final Counter waits;
    private final Map<StockId, ReentrantLock> locks = new ConcurrentHashMap<>();

    JvmLocked(Guard inner, Counter waits) {
        this.inner = inner;
        this.waits = waits;
    }

    @Override
    public <T> T decide(StockId stock, Function<Books, T> decision) {
        ReentrantLock lock = locks.computeIfAbsent(stock, first -> new ReentrantLock());
        if (!lock.tryLock()) {
            waits.increment();
            lock.lock();
        }
        try {
            return inner.decide(stock, decision);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T read(Function<Books, T> question) {
        return inner.read(question);
    }

    @Override
    public void close() {
        inner.close();
    }
}
