package io.openrun.stock;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies that decide each request in a transaction of its own.
 *
 * <p>Those whose requests would wait for each other in the database or at a lock wait here instead, each stock's in the
 * order of their arrival: that is fair, and the database has one connection to serve and not a queue to keep. The others
 * have a virtual thread per request.
 */
abstract sealed class OneByOne implements Strategy
        permits Pessimistic, ConditionalUpdate, RedisLock, Optimistic, UnitRows {

    private static final Logger log = LoggerFactory.getLogger(OneByOne.class);

    /** How often a request is decided again because others came in between. */
    private static final int MOST_ATTEMPTS = 100;

    final LedgerParts parts;
    private final LedgerSettings settings;
    private final InFlight inFlight;
    private final ExecutorService callers;
    private final ArrivalLine<Ask<?>> line;

    OneByOne(LedgerParts parts) {
        this.parts = parts;
        this.settings = parts.settings();
        this.inFlight = new InFlight(settings.concurrentCalls());
        this.callers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("stock-" + name() + "-", 0).factory());
        this.line = new ArrivalLine<>(callers, this::decideNext);
    }

    /**
     * Decides once, durably.
     *
     * @return false if somebody came in between and nothing happened
     */
    abstract boolean decide(StockId stock, Ask<?> ask) throws SQLException;

    /** Whether an instance decides who wants units of a stock one after the other, as they came. */
    boolean inOrderOfArrival() {
        return true;
    }

    /**
     * Waits before a request is decided again, because others came in between.
     *
     * @param attempt 1 before the first retry
     */
    void pause(int attempt) {}

    @Override
    public final CompletableFuture<HoldResult> hold(HoldRequest request) {
        Ask.ToHold ask = new Ask.ToHold(request);
        return inOrderOfArrival()
                ? start(ask, () -> line.join(request.stock(), ask))
                : start(ask, () -> aside(request.stock(), ask));
    }

    /** Settling has no place in the line: a hold must not run out behind those who want one. */
    @Override
    public final CompletableFuture<Settlement> settle(StockId stock, HoldId hold, Ask.Wish wish) {
        Ask.ToSettle ask = new Ask.ToSettle(hold, wish);
        return start(ask, () -> aside(stock, ask));
    }

    private <R> CompletableFuture<R> start(Ask<R> ask, Runnable work) {
        if (inFlight.enter()) {
            work.run();
        } else {
            answerBusy(ask);
        }
        return ask.future();
    }

    private void aside(StockId stock, Ask<?> ask) {
        callers.execute(() -> finish(stock, ask, List::of));
    }

    /** Whoever waits behind somebody whom the database did not answer does not wait for the same. */
    private void decideNext(StockId stock, Ask<?> ask) {
        finish(stock, ask, () -> line.dismiss(stock));
    }

    /**
     * Answers.
     *
     * @param others tells who is answered busy too if this one is; asked before anybody is answered, so that who comes
     *     after the answer is not among them
     */
    private void finish(StockId stock, Ask<?> ask, Supplier<List<Ask<?>>> others) {
        try {
            if (decided(stock, ask)) {
                parts.metrics().decided(name(), List.of(ask));
                ask.answer();
                return;
            }
            List<Ask<?>> dismissed = others.get();
            answerBusy(ask);
            dismissed.forEach(this::answerBusy);
            inFlight.leave(dismissed.size());
        } catch (SQLException | RuntimeException e) {
            log.error("a request on stock {} cannot be decided", stock, e);
            ask.fail(e);
        } finally {
            inFlight.leave(1);
        }
    }

    private void answerBusy(Ask<?> ask) {
        ask.answerBusy(settings.retryAfter());
        parts.metrics().decided(name(), ask);
    }

    /** A key used at the same time on another stock is refused by the database once; then it is found and replayed. */
    private boolean decided(StockId stock, Ask<?> ask) throws SQLException {
        boolean refused = false;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !Thread.currentThread().isInterrupted(); attempt++) {
            if (attempt > 0) {
                parts.metrics().retried(name());
                pause(attempt);
            }
            try {
                if (decide(stock, ask)) {
                    return true;
                }
            } catch (CommitUnknownException e) {
                return parts.outcomes().committed(e);
            } catch (SQLException e) {
                SqlFailure failure = SqlFailure.of(e);
                if (failure == SqlFailure.AWAY) {
                    if (SqlFailure.isLockTimeout(e)) {
                        parts.metrics().lockTimedOut(name());
                    }
                    log.warn("a request was not decided: {}", e.getMessage());
                    return false;
                }
                if (failure == SqlFailure.REFUSED && refused) {
                    throw e;
                }
                refused = failure == SqlFailure.REFUSED;
            }
        }
        return false;
    }

    @Override
    public void close() {
        Duration drain = settings.drain();
        if (!inFlight.close(drain)) {
            log.warn("{} requests were not decided before the ledger closed", inFlight.count());
        }
        callers.shutdownNow();
    }
}
