package io.openrun.stock;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What every strategy has in common: the memory of refusals before it, expiry and reading beside it. */
final class StrategyLedger implements StockLedger {

    private final Strategy strategy;
    private final LedgerParts parts;
    private final ReplayLookup replays;
    private final Expiry expiry;

    StrategyLedger(Strategy strategy, LedgerParts parts, ReplayLookup replays) {
        this.strategy = strategy;
        this.parts = parts;
        this.replays = replays;
        this.expiry = new Expiry(parts);
    }

    @Override
    public String strategy() {
        return strategy.name();
    }

    @Override
    public CompletableFuture<HoldResult> hold(HoldRequest request) {
        HoldResult refusal = parts.memory().recall(request.stock());
        if (refusal == null) {
            return strategy.hold(request);
        }
        if (request.idempotencyKey() != null) {
            return replays.find(request, request.idempotencyKey(), refusal);
        }
        parts.metrics().remembered(refusal);
        return CompletableFuture.completedFuture(refusal);
    }

    @Override
    public CompletableFuture<Settlement> confirm(StockId stock, HoldId hold) {
        return strategy.settle(stock, hold, Ask.Wish.CONFIRM);
    }

    @Override
    public CompletableFuture<Settlement> release(StockId stock, HoldId hold) {
        return strategy.settle(stock, hold, Ask.Wish.RELEASE);
    }

    @Override
    public CompletableFuture<Settlement> releaseUnconfirmed(StockId stock, HoldId hold) {
        return strategy.settle(stock, hold, Ask.Wish.RELEASE_UNCONFIRMED);
    }

    @Override
    public int expireDue(int max) {
        return expiry.expireDue(max);
    }

    @Override
    public OptionalLong remaining(StockId stock) {
        return parts.database().remaining(stock);
    }

    @Override
    public void close() {
        strategy.close();
    }
}
