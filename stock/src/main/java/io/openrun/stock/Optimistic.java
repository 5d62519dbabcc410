package io.openrun.stock;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A version column: nothing is locked, and the write must find the version that was read. Who loses tries again, at a
 * random moment of a span that doubles with every loss, so that the losers of one round do not meet again in the next.
 *
 * <p>Correct anywhere and quick where people rarely meet. On a hot row nearly every attempt is in vain: one wins, all
 * others have read, decided and written for nothing. Who has lost too often is told to try again later.
 */
final class Optimistic extends OneByOne {

    static final String NAME = "optimistic";

    private static final Duration FIRST_SPAN = Duration.ofMillis(2);
    private static final Duration LONGEST_SPAN = Duration.ofMillis(64);
    private static final int MOST_DOUBLINGS = 30;

    Optimistic(LedgerParts parts) {
        super(parts);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A bet that nobody meets needs no line. */
    @Override
    boolean inOrderOfArrival() {
        return false;
    }

    @Override
    boolean decide(StockId stock, Ask<?> ask) throws SQLException {
        return parts.transactions().runFenced(stock, List.of(ask));
    }

    @Override
    void pause(int attempt) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(span(attempt).toNanos()));
    }

    /** The span within which the next attempt begins. */
    static Duration span(int attempt) {
        Duration doubled = FIRST_SPAN.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_SPAN) < 0 ? doubled : LONGEST_SPAN;
    }
}
