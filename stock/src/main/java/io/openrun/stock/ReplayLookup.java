package io.openrun.stock;

import io.openrun.stock.Loaded.HolderKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.postgresql.PGStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a repeated key took, for requests a stock refuses anyway. It reads without a lock and in batches, so that
 * late comers with keys do not stand in the way of those who release units.
 */
final class ReplayLookup {

    private static final Logger log = LoggerFactory.getLogger(ReplayLookup.class);

    private final LedgerParts parts;
    private final String keyed;
    private final BatchQueues<Late> queues;

    /** A request with a key, and what to answer if the key took nothing. */
    private record Late(HoldRequest request, String key, HoldResult refusal, CompletableFuture<HoldResult> answer) {
        HolderKey holderKey() {
            return new HolderKey(request.holder().value(), key);
        }

        HoldResult decide(Map<HolderKey, Hold> found) {
            Hold earlier = found.get(holderKey());
            return earlier == null ? refusal : Desk.replay(request, earlier);
        }
    }

    ReplayLookup(LedgerParts parts, ThreadPoolExecutor threads) {
        this.parts = parts;
        this.keyed = parts.database().schema().sql(LedgerReads.keyedHolds());
        this.queues = new BatchQueues<>(parts.settings(), threads, (stock, asked) -> answer(asked));
    }

    CompletableFuture<HoldResult> find(HoldRequest request, String key, HoldResult refusal) {
        Late late = new Late(request, key, refusal, new CompletableFuture<>());
        if (!queues.offer(request.stock(), late)) {
            late.answer.complete(new HoldResult.Busy(parts.settings().retryAfter()));
        }
        return late.answer;
    }

    void close() {
        HoldResult busy = new HoldResult.Busy(parts.settings().retryAfter());
        queues.close(parts.settings().drain()).forEach(late -> late.answer.complete(busy));
    }

    private void answer(List<Late> asked) {
        try {
            Map<HolderKey, Hold> found = read(asked);
            asked.forEach(late -> late.answer.complete(late.decide(found)));
        } catch (SQLException e) {
            log.warn("{} keys were not looked up: {}", asked.size(), e.getMessage());
            HoldResult busy = new HoldResult.Busy(parts.settings().retryAfter());
            asked.forEach(late -> late.answer.complete(busy));
        } catch (RuntimeException e) {
            log.error("a bug while looking up keys", e);
            asked.forEach(late -> late.answer.completeExceptionally(e));
        }
    }

    private Map<HolderKey, Hold> read(List<Late> asked) throws SQLException {
        Set<HolderKey> keys = new HashSet<>();
        asked.forEach(late -> keys.add(late.holderKey()));
        Map<HolderKey, Hold> found = new HashMap<>();
        try (Connection connection = parts.transactions().open();
                PreparedStatement select = connection.prepareStatement(keyed)) {
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            LedgerReads.bindKeys(connection, select, keys);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LedgerReads.keyedHold(rows, found);
                }
            }
            connection.rollback();
        }
        return found;
    }
}
