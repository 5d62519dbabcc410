package io.openrun.lab.strategies;

import io.openrun.stock.StockId;
import io.openrun.stock.StockSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;

/** Plain JDBC in a transaction, and nothing else: the database's default isolation lets others read what is about to change. */
final class JdbcForm implements Guard {

    private final DataSource dataSource;
    private final StockSchema schema;

    JdbcForm(DataSource dataSource, StockSchema schema) {
        this.dataSource = dataSource;
        this.schema = schema;
    }

    @Override
    public <T> T decide(StockId stock, Function<Books, T> decision) {
        return inTransaction(decision);
    }

    @Override
    public <T> T read(Function<Books, T> question) {
        return inTransaction(question);
    }

    private <T> T inTransaction(Function<Books, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                JdbcBooks books = new JdbcBooks(connection, schema);
                T result = work.apply(books);
                if (books.haveChanged()) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return result;
            } catch (RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw JdbcBooks.failure(e);
        }
    }

    @Override
    public void close() {}
}
