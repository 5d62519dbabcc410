package io.openrun.stock;

import java.sql.SQLException;
import java.util.List;

/**
 * {@code UPDATE … WHERE remaining >= ?}: the row count decides. Correct anywhere, and the shortest way to sell one unit
 * per transaction; still one commit per sale on the hot row.
 */
final class ConditionalUpdate extends OneByOne {

    static final String NAME = "conditional-update";

    ConditionalUpdate(LedgerParts parts) {
        super(parts);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What the conditional update cannot do, and what it refuses, is decided under the lock, which knows the reason. */
    @Override
    boolean decide(StockId stock, Ask<?> ask) throws SQLException {
        try {
            parts.transactions().run(stock, List.of(ask), false);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                throw e;
            }
            parts.metrics().retried(NAME);
            parts.transactions().run(stock, List.of(ask));
        }
        return true;
    }
}
