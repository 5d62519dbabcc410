package io.openrun.lab.strategies;

import io.openrun.stock.HoldRequest;
import io.openrun.stock.StockId;
import io.openrun.stock.StockSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** Plain JDBC: what most shops start with. */
final class JdbcBooks implements Books {

    /** Nothing is locked: what is read here may be old before it is written. */
    static final String READ = """
            SELECT id, remaining, held, confirmed, per_holder_limit, opens_at, closes_at, hold_millis, last_sequence,
                   last_settlement, swept, first_expiry, version, clock_timestamp() AS now
            FROM {schema}.stock WHERE id = ?
            """;

    /** The new values were computed in Java: whatever others wrote since the row was read is lost. */
    static final String WRITE = """
            UPDATE {schema}.stock
            SET remaining = ?, held = ?, confirmed = ?, last_sequence = ?, last_settlement = ?, swept = ?,
                first_expiry = ?, version = ?
            WHERE id = ?
            """;

    static final String INSERT = """
            INSERT INTO {schema}.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                       holder_limit, status, idempotency_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SLOTS =
            "SELECT slot FROM {schema}.hold WHERE stock_id = ? AND holder = ? AND slot IS NOT NULL";

    private static final String UNIT = """
            SELECT id, unit, stock_id, holder, sequence, held_at, expires_at, quantity, slot, holder_limit, status,
                   idempotency_key
            FROM {schema}.hold
            """;

    private static final String KEYED = UNIT + "WHERE holder = ? AND idempotency_key = ? AND unit = 1 LIMIT 1";

    private static final String UNITS = UNIT + "WHERE id = ANY (?) ORDER BY id, unit";

    private static final String LINE =
            UNIT + "WHERE stock_id = ? AND unit = 1 AND sequence > ? ORDER BY sequence LIMIT ?";

    private static final String UPDATE_UNIT = "UPDATE {schema}.hold SET status = ?, slot = ? WHERE id = ? AND unit = ?";

    private static final String LOG = """
            INSERT INTO {schema}.settlement (stock_id, number, hold_id, status, settled_at) VALUES (?, ?, ?, ?, ?)
            """;

    private static final String DUE =
            "SELECT id FROM {schema}.stock WHERE first_expiry <= clock_timestamp() ORDER BY first_expiry LIMIT ?";

    private static final String REMAINING = "SELECT remaining FROM {schema}.stock WHERE id = ?";

    private static final SQLStateSQLExceptionTranslator FAILURES = new SQLStateSQLExceptionTranslator();

    private final Connection connection;
    private final StockSchema schema;
    private boolean changed;

    JdbcBooks(Connection connection, StockSchema schema) {
        this.connection = connection;
        this.schema = schema;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public Optional<PlainStock> stock(StockId stock) {
        return with(READ, select -> {
                    select.setObject(1, stock.value());
                    return list(select, JdbcRows::stock);
                })
                .stream()
                .findFirst();
    }

    @Override
    public List<Integer> slots(HoldRequest request) {
        return with(SLOTS, select -> {
            select.setObject(1, request.stock().value());
            select.setObject(2, request.holder().value());
            return list(select, row -> row.getInt("slot"));
        });
    }

    @Override
    public @Nullable HoldUnit keyed(HoldRequest request) {
        if (request.idempotencyKey() == null) {
            return null;
        }
        List<HoldUnit> found = with(KEYED, select -> {
            select.setObject(1, request.holder().value());
            select.setString(2, request.idempotencyKey());
            return list(select, JdbcRows::unit);
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public List<HoldUnit> units(Collection<UUID> holds) {
        return with(UNITS, select -> {
            select.setArray(1, connection.createArrayOf("uuid", holds.toArray()));
            return list(select, JdbcRows::unit);
        });
    }

    @Override
    public List<HoldUnit> line(StockRecord stock, int most) {
        return with(LINE, select -> {
            select.setObject(1, stock.id);
            select.setLong(2, stock.swept);
            select.setInt(3, most);
            return list(select, JdbcRows::unit);
        });
    }

    @Override
    public boolean haveChanged() {
        return changed;
    }

    @Override
    public void write(StockRecord stock) {
        changed = true;
        with(WRITE, update -> {
            update.setLong(1, stock.remaining);
            update.setLong(2, stock.held);
            update.setLong(3, stock.confirmed);
            update.setLong(4, stock.lastSequence);
            update.setLong(5, stock.lastSettlement);
            update.setLong(6, stock.swept);
            update.setObject(7, JdbcRows.column(stock.firstExpiry), Types.TIMESTAMP_WITH_TIMEZONE);
            update.setLong(8, ((PlainStock) stock).version);
            update.setObject(9, stock.id);
            return update.executeUpdate();
        });
    }

    @Override
    public void insert(List<HoldUnit> units) {
        with(INSERT, insert -> {
            for (HoldUnit unit : units) {
                JdbcRows.bind(insert, unit);
                insert.addBatch();
            }
            return insert.executeBatch();
        });
    }

    @Override
    public void update(List<HoldUnit> units) {
        with(UPDATE_UNIT, update -> {
            for (HoldUnit unit : units) {
                update.setInt(1, JdbcRows.code(unit.status));
                update.setObject(2, unit.slot, Types.INTEGER);
                update.setObject(3, unit.id);
                update.setInt(4, unit.unit);
                update.addBatch();
            }
            return update.executeBatch();
        });
    }

    @Override
    public void log(List<SettlementEntry> entries) {
        with(LOG, insert -> {
            for (SettlementEntry entry : entries) {
                insert.setObject(1, entry.stockId);
                insert.setLong(2, entry.number);
                insert.setObject(3, entry.holdId);
                insert.setInt(4, JdbcRows.code(entry.status));
                insert.setObject(5, JdbcRows.column(entry.settledAt));
                insert.addBatch();
            }
            return insert.executeBatch();
        });
    }

    @Override
    public List<StockId> due(int most) {
        return with(DUE, select -> {
            select.setInt(1, most);
            return list(select, row -> new StockId(JdbcRows.uuid(row, "id")));
        });
    }

    @Override
    public OptionalLong remaining(StockId stock) {
        return with(REMAINING, select -> {
                    select.setObject(1, stock.value());
                    return list(select, row -> row.getLong("remaining"));
                })
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private <T> T with(String sql, Work<T> work) {
        try (PreparedStatement statement = connection.prepareStatement(schema.sql(sql))) {
            return work.on(statement);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The same kinds of failure that JPA's forms report. */
    static DataAccessException failure(SQLException e) {
        DataAccessException known = FAILURES.translate("guard stock", null, e);
        return known == null ? new UncategorizedSQLException("guard stock", null, e) : known;
    }

    private static <T> List<T> list(PreparedStatement statement, RowReader<T> reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }
}
