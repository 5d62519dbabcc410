package io.openrun.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the engine's words are written in columns. */
final class StockColumns {

    /** The columns {@link #stock} reads. */
    static final String STOCK = "id, quantity, remaining, held, confirmed, per_holder_limit, opens_at, closes_at,"
            + " hold_millis, last_sequence";

    /** The columns {@link #hold} reads. */
    static final String HOLD = "id, stock_id, holder, quantity, sequence, status, held_at, expires_at";

    /** Finds a hold, for {@link #hold} to read. */
    static final String HOLD_BY_ID = "SELECT " + HOLD + " FROM {schema}.hold WHERE id = ? AND unit = 1";

    private static final HoldStatus[] STATUSES = {
        HoldStatus.HELD, HoldStatus.CONFIRMED, HoldStatus.RELEASED, HoldStatus.EXPIRED
    };

    private StockColumns() {}

    static Stock stock(ResultSet row) throws SQLException {
        return new Stock(
                new StockId(uuid(row, "id")),
                row.getLong("quantity"),
                row.getLong("remaining"),
                row.getLong("held"),
                row.getLong("confirmed"),
                row.getObject("per_holder_limit", Integer.class),
                instant(row, "opens_at"),
                instant(row, "closes_at"),
                Duration.ofMillis(row.getLong("hold_millis")),
                row.getLong("last_sequence"));
    }

    static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                new HoldId(uuid(row, "id")),
                new StockId(uuid(row, "stock_id")),
                new HolderId(uuid(row, "holder")),
                row.getInt("quantity"),
                row.getLong("sequence"),
                status(row.getInt("status")),
                time(row, "held_at"),
                time(row, "expires_at"));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime column(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static HoldStatus status(int code) {
        return STATUSES[code];
    }

    static short code(HoldStatus status) {
        return (short)
                switch (status) {
                    case HELD -> 0;
                    case CONFIRMED -> 1;
                    case RELEASED -> 2;
                    case EXPIRED -> 3;
                };
    }
}
