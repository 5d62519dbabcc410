package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * {@code UPDATE … WHERE remaining >= ?}: the row count decides. Correct anywhere, and the shortest way to sell one unit
 * per transaction; still one commit per sale on the hot row.
 */
final class ConditionalUpdate extends OneByOne {

    static final String NAME = "conditional-update";

    private final ConditionalTake counter;

    ConditionalUpdate(LedgerParts parts) {
        super(parts);
        this.counter = new ConditionalTake(parts.database().schema());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What the conditional update cannot do, and what it refuses, is decided under the lock, which knows the reason. */
    @Override
    boolean decide(StockId stock, Ask<?> ask) throws SQLException {
        if (!(ask instanceof Ask.ToHold hold) || !taken(hold)) {
            parts.transactions().run(stock, List.of(ask));
        }
        return true;
    }

    private boolean taken(Ask.ToHold ask) throws SQLException {
        try (Connection connection = parts.transactions().open()) {
            Optional<StockRow> row = counter.take(connection, ask.request);
            if (row.isEmpty()) {
                return false;
            }
            Desk desk = new Desk(row.get(), parts.reads().load(connection, row.get(), List.of(ask), true));
            desk.decide(ask);
            if (desk.placed().isEmpty()) {
                connection.rollback();
                return true;
            }
            parts.writes().writeHolds(connection, desk);
            parts.transactions().commit(connection, desk);
            return true;
        }
    }
}
