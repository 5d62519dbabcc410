package io.openrun.catalog.product;

import io.openrun.platform.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds products by words and category, page by page. */
@Component
class ListProducts {

    private final JdbcClient jdbc;

    ListProducts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a shopper looks for.
     *
     * @param words a part of the name or the description, in any case
     * @param after the end of the page before
     */
    record Search(
            @Nullable String words,
            @Nullable String category,
            ProductSort sort,
            ProductSort.@Nullable Place after,
            int limit) {}

    /** One statement, so that a page and the stock it shows are of one moment. */
    Page<ProductView> list(Search search) {
        var sort = search.sort();
        var sql = new StringBuilder("SELECT p.*, s.remaining = 0 AS sold_out, %s AS sort_key".formatted(sort.key()))
                .append(" FROM catalog.product p JOIN catalog.stock s ON s.id = p.id WHERE p.deleted_at IS NULL");
        if (search.words() != null) {
            sql.append(" AND (p.name ILIKE :words OR p.description ILIKE :words)");
        }
        if (search.category() != null) {
            sql.append(" AND p.category = :category");
        }
        if (search.after() != null) {
            sql.append(" AND ").append(sort.after());
        }
        sql.append(" ORDER BY ").append(sort.order()).append(" LIMIT :rows");

        var query = jdbc.sql(sql.toString()).param("rows", search.limit() + 1);
        if (search.words() != null) {
            query = query.param("words", containing(search.words()));
        }
        if (search.category() != null) {
            query = query.param("category", search.category());
        }
        if (search.after() != null) {
            query = query.param("key", search.after().key())
                    .param("id", search.after().id());
        }
        var rows = query.query((row, n) -> Row.of(row)).list();
        return Page.of(rows, search.limit(), row -> sort.position(row.product().id(), row.key()))
                .map(Row::product);
    }

    private static String containing(String words) {
        var escaped = words.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        return "%" + escaped + "%";
    }

    private record Row(ProductView product, String key) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new ProductView(
                            Objects.requireNonNull(row.getObject("id", UUID.class)),
                            Objects.requireNonNull(row.getString("name")),
                            row.getString("description"),
                            row.getLong("price"),
                            row.getString("category"),
                            row.getString("image_url"),
                            row.getBoolean("sold_out")),
                    Objects.requireNonNull(row.getString("sort_key")));
        }
    }
}
