package io.openrun.lab.strategies;

import io.openrun.stock.StockId;
import java.util.function.Function;

/** A transaction, and what keeps others out of it, if anything does. */
interface Guard extends AutoCloseable {

    /**
     * Decides about a stock. When this returns, what was decided is durable.
     *
     * @throws LockTimeoutException if a lock was not to be had; nothing happened
     * @throws org.springframework.dao.DataAccessException if nothing happened
     */
    <T> T decide(StockId stock, Function<Books, T> decision);

    /** Reads without guarding anything. */
    <T> T read(Function<Books, T> question);

    @Override
    void close();
}
