package io.openrun.lab.strategies;

import io.openrun.stock.StockId;

/** A lock was not to be had within the wait that was allowed for it. */
final class LockTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockTimeoutException(StockId stock) {
        super("waited too long for the lock of stock " + stock);
    }
}
