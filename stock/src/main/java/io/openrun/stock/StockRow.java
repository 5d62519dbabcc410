package io.openrun.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stock's row as a transaction found it, and the database's clock when it did. */
record StockRow(
        StockId id,
        long remaining,
        long held,
        long confirmed,
        @Nullable Integer limit,
        @Nullable Instant opensAt,
        @Nullable Instant closesAt,
        long holdMillis,
        long lastSequence,
        long lastSettlement,
        long version,
        Instant now) {

    /** Why nothing can be held at this moment, whoever asks, or null when the window is open. */
    @Nullable
    HoldResult outsideWindow() {
        if (closesAt != null && !now.isBefore(closesAt)) {
            return new HoldResult.Closed(closesAt);
        }
        if (opensAt != null && now.isBefore(opensAt)) {
            return new HoldResult.NotOpen(opensAt);
        }
        return null;
    }
}
