package io.openrun.lab.strategies;

import io.micrometer.core.instrument.Counter;
import io.openrun.stock.HoldId;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.Settlement;
import io.openrun.stock.StockId;
import io.openrun.stock.StockLedger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/**
 * A ledger in one of the forms that most shops write: every request in a transaction of its own, on a virtual thread of
 * its own, decided again when somebody came in between and the database noticed.
 */
final class FormLedger implements StockLedger {

    private static final Logger log = LoggerFactory.getLogger(FormLedger.class);

    /** How often a request is decided again before its caller is told to come back. */
    private static final int MOST_ATTEMPTS = 100;

    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(32);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MOST_STOCKS = 100;

    /** Others were in the way; the next sweep will do. */
    private static final int NOT_SWEPT = -1;

    private final String strategy;
    private final Guard guard;
    private final Counter retries;
    private final Counter lockTimeouts;
    private final Calls calls;

    FormLedger(String strategy, Guard guard, Counter retries, Counter lockTimeouts) {
        this.strategy = strategy;
        this.guard = guard;
        this.retries = retries;
        this.lockTimeouts = lockTimeouts;
        this.calls = new Calls(strategy);
    }

    @Override
    public String strategy() {
        return strategy;
    }

    @Override
    public CompletableFuture<HoldResult> hold(HoldRequest request) {
        return calls.start(
                () -> decide(request.stock(), clerk -> clerk.hold(request), new HoldResult.Busy(RETRY_AFTER)),
                new HoldResult.Busy(RETRY_AFTER));
    }

    @Override
    public CompletableFuture<Settlement> confirm(StockId stock, HoldId hold) {
        return settle(stock, clerk -> clerk.confirm(stock, hold));
    }

    @Override
    public CompletableFuture<Settlement> release(StockId stock, HoldId hold) {
        return settle(stock, clerk -> clerk.release(stock, hold));
    }

    @Override
    public CompletableFuture<Settlement> releaseUnconfirmed(StockId stock, HoldId hold) {
        return settle(stock, clerk -> clerk.releaseUnconfirmed(stock, hold));
    }

    private CompletableFuture<Settlement> settle(StockId stock, Function<Clerk, Settlement> decision) {
        Settlement busy = new Settlement.Busy(RETRY_AFTER);
        return calls.start(() -> decide(stock, decision, busy), busy);
    }

    @Override
    public int expireDue(int max) {
        int expired = 0;
        while (expired < max) {
            List<StockId> due = guard.read(books -> books.due(MOST_STOCKS));
            if (due.isEmpty()) {
                return expired;
            }
            for (StockId stock : due) {
                int left = max - expired;
                int swept = left == 0 ? 0 : decide(stock, clerk -> clerk.sweep(stock, left), NOT_SWEPT);
                if (swept == NOT_SWEPT) {
                    return expired;
                }
                expired += swept;
            }
        }
        return expired;
    }

    @Override
    public OptionalLong remaining(StockId stock) {
        return guard.read(books -> books.remaining(stock));
    }

    /** Decides, again if need be; a failure that no repetition cures is thrown. */
    private <R> R decide(StockId stock, Function<Clerk, R> decision, R busy) {
        for (int attempt = 1; ; attempt++) {
            try {
                return guard.decide(stock, books -> decision.apply(new Clerk(books)));
            } catch (ConcurrencyFailureException | DataIntegrityViolationException e) {
                if (attempt == MOST_ATTEMPTS) {
                    return givenUp(stock, e, busy);
                }
                retries.increment();
                backOff(attempt);
            } catch (LockTimeoutException e) {
                lockTimeouts.increment();
                return busy;
            } catch (TransientDataAccessResourceException
                    | NonTransientDataAccessResourceException
                    | TransactionException e) {
                log.warn("a request was not decided: {}", e.getMessage());
                return busy;
            }
        }
    }

    /** Data that the database refuses every time is a bug; a conflict every time is a crowd. */
    private static <R> R givenUp(StockId stock, DataAccessException e, R busy) {
        if (e instanceof DataIntegrityViolationException) {
            throw e;
        }
        log.warn("a request on stock {} was given up after {} attempts: {}", stock, MOST_ATTEMPTS, e.getMessage());
        return busy;
    }

    /** A random part of a time that doubles: those who collided do not collide again at once. */
    private static void backOff(int attempt) {
        long longest = Math.min(LONGEST_BACKOFF.toNanos(), SHORTEST_BACKOFF.toNanos() << Math.min(attempt - 1, 10));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest) + 1);
    }

    @Override
    public void close() {
        calls.close();
        guard.close();
    }
}
