package io.openrun.stock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes a batch's holds as one binary COPY: the server appends page by page and parses nothing. Constraints are
 * checked as for an INSERT, and a violation undoes the whole of it.
 */
final class HoldCopy {

    private static final String COPY = """
            COPY {schema}.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                holder_limit, status, idempotency_key)
            FROM STDIN (FORMAT binary)
            """;

    private static final short COLUMNS = 12;
    private static final int ROW_BYTES = 2 + COLUMNS * 4 + 3 * 16 + 3 * 8 + 4 * 4 + 2;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private final String copy;

    HoldCopy(StockSchema schema) {
        this.copy = schema.sql(COPY);
    }

    void write(Connection connection, List<Desk.Placed> placed, @Nullable Integer limit) throws SQLException {
        byte[] rows = new byte[size(placed)];
        int length = encode(ByteBuffer.wrap(rows), placed, limit);
        CopyIn copying = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            copying.writeToCopy(rows, 0, length);
            copying.endCopy();
        } finally {
            if (copying.isActive()) {
                copying.cancelCopy();
            }
        }
    }

    private static int size(List<Desk.Placed> placed) {
        int size = HEADER.length + 2;
        for (Desk.Placed one : placed) {
            size += one.units() * ROW_BYTES + (one.key == null ? 0 : one.key.length());
        }
        return size;
    }

    private static int encode(ByteBuffer rows, List<Desk.Placed> placed, @Nullable Integer limit) {
        rows.put(HEADER);
        for (Desk.Placed one : placed) {
            if (one.slots.length == 0) {
                row(rows, one, 1, 0, null);
            }
            for (int unit = 1; unit <= one.slots.length; unit++) {
                row(rows, one, unit, one.slots[unit - 1], limit);
            }
        }
        rows.putShort((short) -1);
        return rows.position();
    }

    private static void row(ByteBuffer rows, Desk.Placed placed, int unit, int slot, @Nullable Integer limit) {
        Hold hold = placed.hold;
        rows.putShort(COLUMNS);
        uuid(rows, hold.id().value());
        uuid(rows, hold.stock().value());
        uuid(rows, hold.holder().value());
        rows.putInt(8).putLong(hold.sequence());
        time(rows, hold.heldAt());
        time(rows, hold.expiresAt());
        rows.putInt(4).putInt(hold.quantity());
        rows.putInt(4).putInt(unit);
        if (limit == null) {
            rows.putInt(-1).putInt(-1);
        } else {
            rows.putInt(4).putInt(slot).putInt(4).putInt(limit);
        }
        rows.putInt(2).putShort(StockColumns.code(hold.status()));
        if (placed.key == null || unit > 1) {
            rows.putInt(-1);
        } else {
            byte[] key = placed.key.getBytes(StandardCharsets.US_ASCII);
            rows.putInt(key.length).put(key);
        }
    }

    private static void uuid(ByteBuffer rows, UUID value) {
        rows.putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    private static void time(ByteBuffer rows, Instant value) {
        rows.putInt(8).putLong((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + value.getNano() / 1_000);
    }
}
