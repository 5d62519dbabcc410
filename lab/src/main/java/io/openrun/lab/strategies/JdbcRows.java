package io.openrun.lab.strategies;

import io.openrun.stock.HoldStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows to objects and back, by hand. */
final class JdbcRows {

    /** The engine's coding. */
    private static final List<HoldStatus> STATUSES =
            List.of(HoldStatus.HELD, HoldStatus.CONFIRMED, HoldStatus.RELEASED, HoldStatus.EXPIRED);

    private JdbcRows() {}

    static PlainStock stock(ResultSet row) throws SQLException {
        PlainStock stock = new PlainStock();
        stock.id = uuid(row, "id");
        stock.remaining = row.getLong("remaining");
        stock.held = row.getLong("held");
        stock.confirmed = row.getLong("confirmed");
        stock.limit = row.getObject("per_holder_limit", Integer.class);
        stock.opensAt = instant(row, "opens_at");
        stock.closesAt = instant(row, "closes_at");
        stock.holdMillis = row.getLong("hold_millis");
        stock.lastSequence = row.getLong("last_sequence");
        stock.lastSettlement = row.getLong("last_settlement");
        stock.swept = row.getLong("swept");
        stock.firstExpiry = instant(row, "first_expiry");
        stock.version = row.getLong("version");
        stock.now = time(row, "now");
        return stock;
    }

    static HoldUnit unit(ResultSet row) throws SQLException {
        HoldUnit unit = new HoldUnit();
        unit.id = uuid(row, "id");
        unit.unit = row.getInt("unit");
        unit.stockId = uuid(row, "stock_id");
        unit.holder = uuid(row, "holder");
        unit.sequence = row.getLong("sequence");
        unit.heldAt = time(row, "held_at");
        unit.expiresAt = time(row, "expires_at");
        unit.quantity = row.getInt("quantity");
        unit.slot = row.getObject("slot", Integer.class);
        unit.holderLimit = row.getObject("holder_limit", Integer.class);
        unit.status = STATUSES.get(row.getInt("status"));
        unit.idempotencyKey = row.getString("idempotency_key");
        return unit;
    }

    static void bind(PreparedStatement insert, HoldUnit unit) throws SQLException {
        insert.setObject(1, unit.id);
        insert.setObject(2, unit.stockId);
        insert.setObject(3, unit.holder);
        insert.setLong(4, unit.sequence);
        insert.setObject(5, column(unit.heldAt));
        insert.setObject(6, column(unit.expiresAt));
        insert.setInt(7, unit.quantity);
        insert.setInt(8, unit.unit);
        insert.setObject(9, unit.slot, Types.INTEGER);
        insert.setObject(10, unit.holderLimit, Types.INTEGER);
        insert.setInt(11, code(unit.status));
        insert.setString(12, unit.idempotencyKey);
    }

    static int code(HoldStatus status) {
        return STATUSES.indexOf(status);
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    static @Nullable OffsetDateTime column(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column));
    }

    /** Minus infinity is as long ago as need be, but cannot be moved to another offset. */
    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        if (time == null) {
            return null;
        }
        return time.equals(OffsetDateTime.MIN) ? Instant.EPOCH : time.toInstant();
    }
}
