package io.openrun.stock;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default strategy: requests for a stock queue in arrival order, and one writer at a time decides all that has
 * queued in one transaction. The database still decides, but is asked once per batch.
 *
 * <p>Several instances may run it on one stock; the row lock orders their batches.
 */
final class GroupCommit implements Strategy {

    static final String NAME = "group-commit";

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_CONFLICTS = 3;

    private final LedgerParts parts;
    private final LedgerSettings settings;
    private final BatchQueues<Ask<?>> queues;
    private final Caution caution = new Caution();
    private volatile Runnable afterBatch = () -> {};

    GroupCommit(LedgerParts parts, ThreadPoolExecutor writers) {
        this.parts = parts;
        this.settings = parts.settings();
        this.queues = new BatchQueues<>(settings, writers, this::decideBatch);
        parts.metrics().queue(queues.inFlight());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Runs on the writer's thread after all answers of a batch were given. */
    void afterBatch(Runnable hook) {
        this.afterBatch = hook;
    }

    @Override
    public CompletableFuture<HoldResult> hold(HoldRequest request) {
        return enqueue(request.stock(), new Ask.ToHold(request));
    }

    @Override
    public CompletableFuture<Settlement> settle(StockId stock, HoldId hold, Ask.Wish wish) {
        return enqueue(stock, new Ask.ToSettle(hold, wish));
    }

    private <R> CompletableFuture<R> enqueue(StockId stock, Ask<R> ask) {
        queue(stock, ask);
        return ask.future();
    }

    /** Puts the ask into the stock's queue, or answers it busy. */
    void queue(StockId stock, Ask<?> ask) {
        if (!queues.offer(stock, ask)) {
            ask.answerBusy(settings.retryAfter());
            parts.metrics().decided(NAME, ask);
        }
    }

    private void decideBatch(StockId stock, List<Ask<?>> asks) {
        try {
            decide(stock, asks);
            afterBatch.run();
        } catch (RuntimeException | Error e) {
            log.error("a bug while answering a batch of stock {}", stock, e);
            asks.forEach(ask -> ask.fail(e));
        }
    }

    /** Answers each of them, whatever happens. */
    private void decide(StockId stock, List<Ask<?>> asks) {
        boolean readFirst = caution.isDue(stock);
        for (int conflicts = 0; ; conflicts++) {
            try {
                parts.transactions().run(stock, asks, readFirst);
                break;
            } catch (CommitUnknownException e) {
                answerOrBusy(asks, parts.outcomes().committed(e), e);
                return;
            } catch (SQLException e) {
                switch (SqlFailure.of(e)) {
                    case CONFLICT -> {
                        if (conflicts < MOST_CONFLICTS) {
                            parts.metrics().retried(NAME);
                            continue;
                        }
                        answerOrBusy(asks, false, e);
                    }
                    case REFUSED -> {
                        if (!readFirst || (asks.size() == 1 && conflicts == 0)) {
                            readFirst = true;
                            caution.raise(stock);
                            continue;
                        }
                        divide(stock, asks, e);
                    }
                    case AWAY -> {
                        if (SqlFailure.isLockTimeout(e)) {
                            parts.metrics().lockTimedOut(NAME);
                        }
                        answerOrBusy(asks, false, e);
                    }
                }
                return;
            } catch (RuntimeException e) {
                divide(stock, asks, e);
                return;
            }
        }
        answer(asks);
    }

    /** One poisoned request must not fail its batch: the halves are decided apart, in order, until it stands alone. */
    private void divide(StockId stock, List<Ask<?>> asks, Exception cause) {
        if (asks.size() == 1) {
            log.error("a request on stock {} cannot be decided", stock, cause);
            asks.getFirst().fail(cause);
            return;
        }
        int half = asks.size() / 2;
        decide(stock, asks.subList(0, half));
        decide(stock, asks.subList(half, asks.size()));
    }

    private void answerOrBusy(List<Ask<?>> asks, boolean committed, SQLException cause) {
        if (committed) {
            answer(asks);
            return;
        }
        log.warn("a batch of {} was not decided: {}", asks.size(), cause.getMessage());
        Duration retryAfter = settings.retryAfter();
        asks.forEach(ask -> ask.answerBusy(retryAfter));
        parts.metrics().decided(NAME, asks);
    }

    private void answer(List<Ask<?>> asks) {
        parts.metrics().decided(NAME, asks);
        asks.forEach(Ask::answer);
    }

    @Override
    public void close() {
        List<Ask<?>> abandoned = queues.close(settings.drain());
        if (!abandoned.isEmpty()) {
            log.warn("{} requests were not decided before the ledger closed", abandoned.size());
            abandoned.forEach(ask -> ask.answerBusy(settings.retryAfter()));
        }
    }
}
