package io.openrun.drop.schedule;

import io.openrun.contracts.StockMove;
import io.openrun.drop.engine.DropEngine;
import io.openrun.stock.HoldId;
import io.openrun.stock.StockId;
import io.openrun.stock.Stocks;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a drop's unsold units back to its product once the drop is over and nothing is held any more. A sale that is
 * undone later sends its units after them, in a round of their own.
 *
 * <p>The units leave the drop's stock and are noted as returning in one transaction; the catalog takes each round
 * once, by its reference. Any number of instances may do this at once.
 */
@Component
class ReturnUnits {

    private static final int MAX_BATCH = 20;
    private static final int MAX_RELEASES = 500;

    private static final Logger log = LoggerFactory.getLogger(ReturnUnits.class);

    private final JdbcClient jdbc;
    private final DropEngine engine;
    private final CatalogStock catalog;
    private final TransactionTemplate transaction;

    ReturnUnits(JdbcClient jdbc, DropEngine engine, CatalogStock catalog, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.engine = engine;
        this.catalog = catalog;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Does what is due, up to a bounded batch; true when there may be more. */
    boolean round() {
        boolean more = releaseHoldsOfCancelled();
        leftovers().forEach(this::takeOut);
        returning().forEach(this::giveBack);
        return more;
    }

    private boolean releaseHoldsOfCancelled() {
        record Held(UUID drop, UUID hold, String strategy) {}
        List<Held> held = jdbc.sql("""
                        SELECT d.id, h.id AS hold, d.strategy
                        FROM drops.drop d JOIN drops.stock s ON s.id = d.id AND s.held > 0
                        JOIN drops.hold h ON h.stock_id = d.id AND h.unit = 1 AND h.status = 0
                        WHERE d.phase = 'CANCELLED' LIMIT ?
                        """)
                .param(MAX_RELEASES)
                .query((row, n) -> new Held(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        Objects.requireNonNull(row.getObject("hold", UUID.class)),
                        row.getString("strategy")))
                .list();
        var releases = held.stream()
                // One that is paid for meanwhile stays sold.
                .map(one -> engine.ledger(one.strategy())
                        .releaseUnconfirmed(new StockId(one.drop()), new HoldId(one.hold())))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(releases).join();
        return held.size() == MAX_RELEASES;
    }

    private List<UUID> leftovers() {
        // A moment after the close, so that the last purchases have been decided.
        return jdbc.sql("""
                        SELECT d.id FROM drops.drop d JOIN drops.stock s ON s.id = d.id
                        WHERE (d.phase = 'CANCELLED'
                               OR d.phase = 'SCHEDULED' AND d.closes_at < clock_timestamp() - interval '2 seconds')
                          AND s.remaining > 0 AND s.held = 0 AND d.returning_units = 0
                        LIMIT ?
                        """).param(MAX_BATCH).query(UUID.class).list();
    }

    private void takeOut(UUID id) {
        transaction.executeWithoutResult(status -> {
            // The row lock keeps two instances from starting two rounds; the stock's own guard keeps it from going
            // below zero.
            var remaining = jdbc.sql("""
                            SELECT s.remaining FROM drops.drop d JOIN drops.stock s ON s.id = d.id
                            WHERE d.id = ? AND d.returning_units = 0 AND s.held = 0 FOR UPDATE
                            """).param(id).query(Long.class).optional().orElse(0L);
            if (remaining > 0
                    && engine.stocks().adjust(new StockId(id), -remaining) instanceof Stocks.Adjustment.Adjusted) {
                jdbc.sql("UPDATE drops.drop SET returning_units = ?, return_round = return_round + 1 WHERE id = ?")
                        .param(remaining)
                        .param(id)
                        .update();
            }
        });
    }

    private List<Returning> returning() {
        return jdbc.sql("SELECT id, product_id, returning_units, return_round FROM drops.drop"
                        + " WHERE returning_units > 0 LIMIT ?")
                .param(MAX_BATCH)
                .query((row, n) -> new Returning(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        Objects.requireNonNull(row.getObject("product_id", UUID.class)),
                        row.getLong("returning_units"),
                        row.getInt("return_round")))
                .list();
    }

    private void giveBack(Returning back) {
        var reference = ScheduleDrop.outOf(back.drop()) + ":back:" + back.round();
        switch (catalog.move(back.product(), new StockMove(reference, back.units(), null))) {
            case CatalogStock.Result.Moved moved -> {
                arrived(back);
                log.info("{} units of drop {} went back to their product", back.units(), back.drop());
            }
            case CatalogStock.Result.NoProduct gone -> {
                arrived(back);
                log.warn("{} units of drop {} have no product to go back to", back.units(), back.drop());
            }
            case CatalogStock.Result.Insufficient impossible ->
                log.error("the catalog refused to take back {} units of drop {}", back.units(), back.drop());
            case CatalogStock.Result.Unknown(String why) -> log.debug("drop {} tries again: {}", back.drop(), why);
        }
    }

    private void arrived(Returning back) {
        jdbc.sql("""
                        UPDATE drops.drop
                        SET returned_units = returned_units + returning_units, returning_units = 0
                        WHERE id = ? AND return_round = ? AND returning_units > 0
                        """).param(back.drop()).param(back.round()).update();
    }

    private record Returning(UUID drop, UUID product, long units, int round) {}
}
