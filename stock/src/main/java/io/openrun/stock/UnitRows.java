package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One row per unit, claimed with {@code FOR UPDATE SKIP LOCKED}: buyers of different units do not wait for each other
 * while they look up what they need and take their rows.
 *
 * <p>But they do wait in the end. The counters and the place in the line are kept in the stock's row, and a line without
 * gaps means that one transaction at a time may number a hold and commit it. So that row is locked as late as possible,
 * for one guarded UPDATE, the hold's own rows and the commit; and on a hot stock this is bound, as {@code
 * conditional-update} is, by one commit at a time. What it gains over that is that everything is read before the row is
 * locked; what it pays is a row more per unit. Where nobody asks for a place in the line, unit rows alone would let
 * buyers commit side by side; that is not what this shop promises.
 *
 * <p>The rows may be out of step with the counter ({@link Shelf}). Whenever too few lie out, or the counter refuses, the
 * request is decided under the stock row's lock by the counter alone, and the rows are brought back in step there. No
 * one waits for a unit's row, and no one who has the stock's row waits for anything else, so nothing can deadlock.
 */
final class UnitRows extends OneByOne {

    static final String NAME = "unit-rows";

    private final Shelf shelf;
    private final ConditionalTake counter;

    UnitRows(LedgerParts parts) {
        super(parts);
        this.shelf = new Shelf(parts.database().schema());
        this.counter = new ConditionalTake(parts.database().schema());
    }

    private enum Attempt {
        /** Decided and durable. */
        DONE,
        /** Not to be had, or had before: who has the lock can say why. */
        REFUSED,
        /** The rows and the counter say different things. */
        OUT_OF_STEP
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Units are taken side by side. */
    @Override
    boolean inOrderOfArrival() {
        return false;
    }

    @Override
    boolean decide(StockId stock, Ask<?> ask) throws SQLException {
        switch (ask instanceof Ask.ToHold hold ? attempt(hold) : Attempt.REFUSED) {
            case DONE -> {}
            case REFUSED -> parts.transactions().run(stock, List.of(ask));
            case OUT_OF_STEP -> parts.transactions().run(stock, List.of(ask), shelf::fit);
        }
        return true;
    }

    /** What a holder has is read before the lock; if they buy twice at once, a constraint objects. */
    private Attempt attempt(Ask.ToHold ask) throws SQLException {
        try {
            return take(ask);
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.REFUSED) {
                parts.metrics().retried(NAME);
                return Attempt.REFUSED;
            }
            throw e;
        }
    }

    private Attempt take(Ask.ToHold ask) throws SQLException {
        StockId stock = ask.request.stock();
        try (Connection connection = parts.transactions().open()) {
            Optional<StockRow> seen = parts.reads().read(connection, stock);
            if (seen.isEmpty()) {
                return refused(connection, Attempt.REFUSED);
            }
            Loaded loaded = parts.reads().load(connection, seen.get(), List.of(ask), true);
            if (!places(seen.get(), loaded.copy(), ask)) {
                return refused(connection, Attempt.REFUSED);
            }
            if (!shelf.take(connection, stock, ask.request.quantity())) {
                return refused(connection, Attempt.OUT_OF_STEP);
            }
            Optional<StockRow> locked = counter.take(connection, ask.request);
            if (locked.isEmpty()) {
                return refused(connection, Attempt.OUT_OF_STEP);
            }
            Desk desk = new Desk(locked.get(), loaded);
            desk.decide(ask);
            if (desk.placed().isEmpty()) {
                return refused(connection, Attempt.REFUSED);
            }
            parts.writes().writeHolds(connection, desk);
            parts.transactions().commit(connection, desk);
            return Attempt.DONE;
        }
    }

    private static boolean places(StockRow seen, Loaded loaded, Ask.ToHold ask) {
        Desk desk = new Desk(seen, loaded);
        desk.decide(ask);
        return !desk.placed().isEmpty();
    }

    private static Attempt refused(Connection connection, Attempt why) throws SQLException {
        connection.rollback();
        return why;
    }
}
