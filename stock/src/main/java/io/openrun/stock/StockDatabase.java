package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/** Runs single statements on the engine's tables; each is its own transaction, or joins its caller's. */
final class StockDatabase {

    private final DataSource dataSource;
    private final StockSchema schema;

    StockDatabase(DataSource dataSource, StockSchema schema) {
        this.dataSource = dataSource;
        this.schema = schema;
    }

    /** Sets a statement's parameters. */
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads the row a result stands on. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    StockSchema schema() {
        return schema;
    }

    Connection connect() throws SQLException {
        return dataSource.getConnection();
    }

    /** Units nobody has, or empty if there is no such stock. */
    OptionalLong remaining(StockId stock) {
        return one(
                        "read what remains of stock " + stock,
                        "SELECT remaining FROM {schema}.stock WHERE id = ?",
                        select -> select.setObject(1, stock.value()),
                        row -> row.getLong("remaining"))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    <T> Optional<T> one(String what, String sql, Binder binder, RowReader<T> reader) {
        return list(what, sql, binder, reader).stream().findFirst();
    }

    /**
     * The statement is planned anew each time: a plan remembered from when the table was nearly empty would read all
     * of it for ever after.
     */
    <T> List<T> list(String what, String sql, Binder binder, RowReader<T> reader) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(schema.sql(sql))) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            binder.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StockAccessException("could not " + what, e);
        }
    }
}
