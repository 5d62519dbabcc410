package io.openrun.stock;

import java.util.concurrent.CompletableFuture;

/** A way to keep two buyers from having the same unit. */
sealed interface Strategy extends AutoCloseable permits GroupCommit, RedisLua, OneByOne {

    String name();

    CompletableFuture<HoldResult> hold(HoldRequest request);

    CompletableFuture<Settlement> settle(StockId stock, HoldId hold, Ask.Wish wish);

    @Override
    void close();
}
