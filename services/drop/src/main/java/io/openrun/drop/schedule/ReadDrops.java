package io.openrun.drop.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads drops together with what remains of them, as of one moment of the database's clock. */
@Component
public class ReadDrops {

    /**
     * Units that went back to the product after the end left the stock, but were never sold: they count as remaining,
     * so that {@code quantity - remaining} is what was taken.
     */
    private static final String VIEWS = """
            WITH moment AS (SELECT statement_timestamp() AS now),
            drops AS (
                SELECT d.id, d.product_id, d.title, d.price, d.quantity, d.per_user_limit, d.opens_at, d.closes_at,
                       s.remaining + d.returning_units + d.returned_units AS remaining,
                       CASE WHEN d.phase = 'CANCELLED' THEN 'CANCELLED'
                            WHEN now < d.opens_at THEN 'SCHEDULED'
                            WHEN now >= d.closes_at THEN 'CLOSED'
                            WHEN s.remaining = 0 THEN 'SOLD_OUT'
                            ELSE 'OPEN' END AS state,
                       now
                FROM moment, drops.drop d JOIN drops.stock s ON s.id = d.id
                WHERE d.phase IN ('SCHEDULED', 'CANCELLED'))
            SELECT * FROM drops
            """;

    private final JdbcClient jdbc;

    ReadDrops(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One drop. */
    public Optional<DropView> one(UUID id) {
        return jdbc.sql(VIEWS + "WHERE id = ?")
                .param(id)
                .query((row, n) -> view(row))
                .optional();
    }

    /** Those of the drops that exist. */
    public List<DropView> all(Collection<UUID> ids) {
        return jdbc.sql(VIEWS + "WHERE id = ANY (?)")
                .param(ids.toArray(UUID[]::new))
                .query((row, n) -> view(row))
                .list();
    }

    /** The newest drops after a position, one more than the limit when there are more. */
    List<DropView> list(@Nullable DropState state, @Nullable UUID before, int limit) {
        return jdbc.sql(VIEWS + """
                        WHERE (:state::text IS NULL OR state = :state) AND (:before::uuid IS NULL OR id < :before)
                        ORDER BY id DESC LIMIT :limit
                        """)
                .param("state", state == null ? null : state.name())
                .param("before", before)
                .param("limit", limit + 1)
                .query((row, n) -> view(row))
                .list();
    }

    private static DropView view(ResultSet row) throws SQLException {
        return new DropView(
                id(row, "id"),
                id(row, "product_id"),
                row.getString("title"),
                row.getLong("price"),
                row.getLong("quantity"),
                row.getLong("remaining"),
                row.getInt("per_user_limit"),
                time(row, "opens_at"),
                time(row, "closes_at"),
                DropState.valueOf(row.getString("state")),
                time(row, "now"));
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
