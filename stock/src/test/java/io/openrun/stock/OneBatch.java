package io.openrun.stock;

import static io.openrun.stock.ShopBooks.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Requests that arrive while somebody else has locked their stock's row, so that they make one batch. */
final class OneBatch {

    private OneBatch() {}

    /** The answers to come, in the order of the requests; one more is sold before, to who waits for the lock. */
    static List<CompletableFuture<HoldResult>> ask(
            String url, StockLedger ledger, StockId stock, int requests, IntFunction<HoldRequest> request)
            throws Exception {
        List<CompletableFuture<HoldResult>> answers = new ArrayList<>();
        try (LockedStock locked = new LockedStock(url, stock)) {
            var first = ledger.hold(oneOf(stock));
            locked.awaitWaiter();
            for (int i = 0; i < requests; i++) {
                answers.add(ledger.hold(request.apply(i)));
            }
            assertThat(first).isNotDone();
        }
        return answers;
    }
}
