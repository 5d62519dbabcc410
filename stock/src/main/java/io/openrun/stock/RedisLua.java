package io.openrun.stock;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gate in Redis, the database after it. Requests queue in arrival order; one Lua call claims units for all that have
 * queued; who is granted some goes on to {@code group-commit}, in order; what the database does not sell is given back.
 *
 * <p>The gate only keeps a crowd from the database. It never decides: a grant may be refused by the database, and a
 * refusal is answered only while the database itself has said within the last second that nothing is left. Otherwise
 * who is refused goes to the database all the same, and if it sells, the gate was wrong and is opened anew with what
 * remains. Releases, expiry and added units close the gate wherever they happen, through {@code NOTIFY}. So Redis may be
 * away, flushed, or restored from an old snapshot: the sale stays exact, and goes on without the gate.
 *
 * <p>What it costs: every purchase waits for one more round trip, shared by its batch. What it saves: with many
 * instances, one of them asks the database once a second about a stock that is sold out, not each of them; and no more
 * requests than there are units wait for a slow database. In front of one quick database, and behind the memory that
 * every instance has anyway, there is little left to save.
 */
final class RedisLua implements Strategy {

    static final String NAME = "redis-lua";

    private static final Logger log = LoggerFactory.getLogger(RedisLua.class);
    private static final int THREADS = 2;

    private final LedgerParts parts;
    private final Gates gates;
    private final GroupCommit database;
    private final ReplayLookup replays;
    private final ThreadPoolExecutor threads;
    private final BatchQueues<Ask.ToHold> queues;

    RedisLua(LedgerParts parts, Gates gates, GroupCommit database, ReplayLookup replays) {
        this.parts = parts;
        this.gates = gates;
        this.database = database;
        this.replays = replays;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("stock-gate-", 1).daemon().factory());
        this.queues = new BatchQueues<>(parts.settings(), threads, this::pass);
        parts.memory().onWake(gates::close);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<HoldResult> hold(HoldRequest request) {
        Ask.ToHold ask = new Ask.ToHold(request);
        if (!queues.offer(request.stock(), ask)) {
            ask.answerBusy(parts.settings().retryAfter());
            parts.metrics().decided(NAME, ask);
        }
        return ask.future();
    }

    /** Units that come back need no leave. */
    @Override
    public CompletableFuture<Settlement> settle(StockId stock, HoldId hold, Ask.Wish wish) {
        return database.settle(stock, hold, wish);
    }

    private void pass(StockId stock, List<Ask.ToHold> asks) {
        try {
            long start = System.nanoTime();
            Gates.Claim claim = gates.claim(stock, asks);
            if (claim == null) {
                asks.forEach(ask -> database.queue(stock, ask));
            } else {
                pass(stock, asks, claim, new GateReport(gates, stock, claim.epoch(), asks.size(), start));
            }
        } catch (RuntimeException | Error e) {
            log.error("a bug at the gate of stock {}", stock, e);
            asks.forEach(ask -> ask.fail(e));
        }
    }

    private void pass(StockId stock, List<Ask.ToHold> asks, Gates.Claim claim, GateReport report) {
        for (int i = 0; i < asks.size(); i++) {
            Ask.ToHold ask = asks.get(i);
            boolean granted = claim.granted(i);
            if (!granted && claim.soldOut()) {
                refuse(ask);
                report.refused();
            } else {
                var _ = ask.future().whenComplete((result, bug) -> report.answered(ask, granted, result));
                database.queue(stock, ask);
            }
        }
    }

    /** A key that was used before is still answered with what it took. */
    private void refuse(Ask.ToHold ask) {
        HoldResult soldOut = new HoldResult.SoldOut();
        String key = ask.request.idempotencyKey();
        if (key == null) {
            answer(ask, soldOut);
        } else {
            var _ = replays.find(ask.request, key, soldOut).whenComplete((result, bug) -> {
                if (bug == null) {
                    answer(ask, result);
                } else {
                    ask.fail(bug);
                }
            });
        }
    }

    private void answer(Ask.ToHold ask, HoldResult result) {
        ask.decide(result);
        parts.metrics().decided(NAME, ask);
        ask.answer();
    }

    @Override
    public void close() {
        List<Ask.ToHold> abandoned = queues.close(parts.settings().drain());
        if (!abandoned.isEmpty()) {
            log.warn("{} requests had not passed the gate before the ledger closed", abandoned.size());
            abandoned.forEach(ask -> ask.answerBusy(parts.settings().retryAfter()));
        }
        threads.shutdown();
    }
}
