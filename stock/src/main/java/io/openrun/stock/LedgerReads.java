package io.openrun.stock;

import io.openrun.stock.Loaded.HolderKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a transaction that decides reads. The number of statements does not depend on how many asks are decided. */
final class LedgerReads {

    /**
     * The planner keeps to the indexes for the rest of the transaction. A plan made while the tables were nearly empty
     * and then remembered would otherwise read all of them for ever after.
     */
    static final String KEEP_TO_INDEXES = "SET LOCAL enable_seqscan = off;";

    private static final String ROW = """
            id, remaining, held, confirmed, per_holder_limit, opens_at, closes_at, hold_millis, last_sequence,
            last_settlement, version
            """;

    private static final String READ = "SELECT " + ROW + ", clock_timestamp() AS now FROM {schema}.stock WHERE id = ?";

    /**
     * The row stays locked until the commit, so one transaction at a time decides about a stock. It is the row as of
     * the last commit, however long the wait for the lock was; and the clock is read outside the locking query, so
     * after the lock was granted.
     */
    private static final String LOCK = "SELECT locked.*, clock_timestamp() AS now FROM (SELECT " + ROW
            + " FROM {schema}.stock WHERE id = ? FOR UPDATE) AS locked";

    private static final String SLOTS = """
            SELECT holder, slot FROM {schema}.hold WHERE stock_id = ? AND holder = ANY (?) AND slot IS NOT NULL
            """;

    /** LATERAL … LIMIT 1 leaves the planner no other way than one probe of the index per key. */
    private static final String KEYED = "SELECT " + StockColumns.HOLD + """
            , idempotency_key
            FROM unnest(?::uuid[], ?::text[]) AS asked (by, key)
            CROSS JOIN LATERAL (
                SELECT * FROM {schema}.hold
                WHERE holder = asked.by AND idempotency_key = asked.key AND unit = 1 LIMIT 1) AS keyed
            """;

    /** By the holds' ids only, for the same reason; whether they are of this stock is looked at afterwards. */
    private static final String OPEN = """
            SELECT id, stock_id, holder, quantity, expires_at, status, slot FROM {schema}.hold WHERE id = ANY (?)
            """;

    private final String read;
    private final String lock;
    private final String slots;
    private final String keyed;
    private final String open;

    LedgerReads(StockSchema schema) {
        this.read = KEEP_TO_INDEXES + schema.sql(READ);
        this.lock = KEEP_TO_INDEXES + schema.sql(LOCK);
        this.slots = schema.sql(SLOTS);
        this.keyed = schema.sql(KEYED);
        this.open = schema.sql(OPEN);
    }

    /** The row as of the last commit, locked until the end of the transaction. */
    Optional<StockRow> lock(Connection connection, StockId stock) throws SQLException {
        return row(connection, lock, stock);
    }

    /** The row as of the last commit, not locked: what is decided on it must pass the fence. */
    Optional<StockRow> read(Connection connection, StockId stock) throws SQLException {
        return row(connection, read, stock);
    }

    /** Reads the row from the second of two statements; the first one only set the planner. */
    private static Optional<StockRow> row(Connection connection, String sql, StockId stock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, stock.value());
            boolean found = select.execute() || select.getMoreResults();
            try (ResultSet row = found ? select.getResultSet() : null) {
                return row != null && row.next() ? Optional.of(stockRow(row)) : Optional.empty();
            }
        }
    }

    static StockRow stockRow(ResultSet row) throws SQLException {
        return new StockRow(
                new StockId(StockColumns.uuid(row, "id")),
                row.getLong("remaining"),
                row.getLong("held"),
                row.getLong("confirmed"),
                row.getObject("per_holder_limit", Integer.class),
                StockColumns.instant(row, "opens_at"),
                StockColumns.instant(row, "closes_at"),
                row.getLong("hold_millis"),
                row.getLong("last_sequence"),
                row.getLong("last_settlement"),
                row.getLong("version"),
                StockColumns.time(row, "now"));
    }

    /** What the decisions need to know: always the holds to be settled, and if asked for, slots and keys. */
    Loaded load(Connection connection, StockRow row, List<? extends Ask<?>> asks, boolean slotsAndKeys)
            throws SQLException {
        Loaded loaded = Loaded.nothing();
        Questions questions = Questions.of(asks);
        if (!questions.settling().isEmpty()) {
            readOpen(connection, row.id(), questions.settling(), loaded.open());
        }
        if (!slotsAndKeys) {
            return loaded;
        }
        boolean mayPlace = row.outsideWindow() == null
                && (row.remaining() > 0 || !questions.settling().isEmpty());
        if (!questions.holders().isEmpty() && row.limit() != null && mayPlace) {
            readSlots(connection, row.id(), questions.holders(), loaded.slots());
        }
        if (!questions.keys().isEmpty()) {
            readKeyed(connection, questions.keys(), loaded.keyed());
        }
        return loaded;
    }

    private void readSlots(Connection connection, StockId stock, Collection<UUID> holders, Map<UUID, BitSet> taken)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(slots)) {
            select.setObject(1, stock.value());
            select.setArray(2, connection.createArrayOf("uuid", holders.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    taken.computeIfAbsent(StockColumns.uuid(rows, "holder"), holder -> new BitSet())
                            .set(rows.getInt("slot"));
                }
            }
        }
    }

    private void readKeyed(Connection connection, Collection<HolderKey> keys, Map<HolderKey, Hold> found)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(keyed)) {
            bindKeys(connection, select, keys);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keyedHold(rows, found);
                }
            }
        }
    }

    static void bindKeys(Connection connection, PreparedStatement select, Collection<HolderKey> keys)
            throws SQLException {
        select.setArray(
                1,
                connection.createArrayOf(
                        "uuid", keys.stream().map(HolderKey::holder).toArray()));
        select.setArray(
                2,
                connection.createArrayOf(
                        "text", keys.stream().map(HolderKey::key).toArray()));
    }

    static void keyedHold(ResultSet row, Map<HolderKey, Hold> found) throws SQLException {
        Hold hold = StockColumns.hold(row);
        found.put(new HolderKey(hold.holder().value(), row.getString("idempotency_key")), hold);
    }

    /** The statement that finds holds by key, for those who only read. */
    static String keyedHolds() {
        return KEYED;
    }

    private void readOpen(Connection connection, StockId stock, Collection<UUID> ids, Map<UUID, OpenHold> found)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(open)) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (StockColumns.uuid(rows, "stock_id").equals(stock.value())) {
                        addUnit(rows, found);
                    }
                }
            }
        }
    }

    private static void addUnit(ResultSet row, Map<UUID, OpenHold> found) throws SQLException {
        UUID id = StockColumns.uuid(row, "id");
        OpenHold hold = found.get(id);
        if (hold == null) {
            hold = openHold(row);
            found.put(id, hold);
        }
        int slot = row.getInt("slot");
        if (slot > 0) {
            hold.slots.set(slot);
        }
    }

    static OpenHold openHold(ResultSet row) throws SQLException {
        return new OpenHold(
                StockColumns.uuid(row, "id"),
                StockColumns.uuid(row, "holder"),
                row.getInt("quantity"),
                StockColumns.time(row, "expires_at"),
                StockColumns.status(row.getInt("status")));
    }
}
