package io.openrun.stock;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Decides who gets units of a stock. One interface, many strategies; one contract test runs them all.
 *
 * <p>Every future completes normally with an answer; it completes exceptionally only for bugs. A database that
 * is away is {@link HoldResult.Busy} or {@link Settlement.Busy}, and nothing is half done. Futures may complete on the writer's thread:
 * callers do no blocking work in dependents.
 */
public interface StockLedger extends AutoCloseable {

    /** The strategy's name as in configuration, for example {@code group-commit}. */
    String strategy();

    /** Takes units, if the window, the limit and the stock allow. Completes after the commit. */
    CompletableFuture<HoldResult> hold(HoldRequest request);

    /** HELD → CONFIRMED, exactly once; asking again changes nothing. A hold past its end is not confirmed. */
    CompletableFuture<Settlement> confirm(StockId stock, HoldId hold);

    /** HELD or CONFIRMED → RELEASED, exactly once; the units return to the stock. */
    CompletableFuture<Settlement> release(StockId stock, HoldId hold);

    /** HELD → RELEASED, exactly once; what has been confirmed stays so. */
    CompletableFuture<Settlement> releaseUnconfirmed(StockId stock, HoldId hold);

    /**
     * HELD → EXPIRED for holds whose end has passed, exactly once on any number of instances.
     *
     * @param max the most holds to expire in this call
     * @return how many expired; {@code max} means there may be more
     */
    int expireDue(int max);

    /** Units nobody has, exact at the time it is asked, or empty for an unknown stock. */
    OptionalLong remaining(StockId stock);

    /** Answers what has been asked, refuses what comes later as busy, and stops. */
    @Override
    void close();
}
