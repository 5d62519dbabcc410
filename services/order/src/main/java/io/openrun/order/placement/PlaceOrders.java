package io.openrun.order.placement;

import io.openrun.order.book.OrdersChanged;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Makes orders out of holds: any number in one statement, each at most once, whoever else makes it at the same time.
 * This is the hot step of the service, hence plain SQL: a thousand orders cost one round trip and one commit.
 */
@Component
public class PlaceOrders {

    private static final Logger log = LoggerFactory.getLogger(PlaceOrders.class);

    // The primary key is the hold's id: a hold that is delivered again, or was placed on demand, conflicts and is
    // left alone, in whatever status its order is by now.
    private static final String INSERT = """
            INSERT INTO orders.orders
                   (id, user_id, drop_id, sequence, status, items, total, payable, hold_expires_at, created_at)
            SELECT id, user_id, drop_id, sequence, 'PENDING_PAYMENT',
                   jsonb_build_array(jsonb_build_object(
                       'productId', product_id, 'title', title, 'quantity', quantity, 'unitPrice', unit_price)),
                   total, total, expires_at, held_at
              FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::int[], ?::bigint[],
                          ?::bigint[], ?::timestamptz[], ?::timestamptz[])
                   AS held (id, user_id, drop_id, sequence, product_id, title, quantity, unit_price,
                            total, held_at, expires_at)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final List<Column> COLUMNS = List.of(
            new Column("uuid", Placement::orderId),
            new Column("uuid", Placement::userId),
            new Column("uuid", Placement::dropId),
            new Column("bigint", Placement::sequence),
            new Column("uuid", Placement::productId),
            new Column("text", Placement::title),
            new Column("int", Placement::quantity),
            new Column("bigint", Placement::unitPrice),
            new Column("bigint", Placement::total),
            new Column("timestamptz", Placement::heldAt),
            new Column("timestamptz", Placement::expiresAt));

    private final JdbcTemplate jdbc;
    private final ApplicationEventPublisher changes;

    PlaceOrders(JdbcTemplate jdbc, ApplicationEventPublisher changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /**
     * Places these orders, in this order. A hold the database refuses is logged and left out; it never keeps the
     * others waiting.
     *
     * @return how many were new
     */
    public int place(List<Placement> placements) {
        if (placements.isEmpty()) {
            return 0;
        }
        int placed;
        try {
            placed = insert(placements);
        } catch (DataIntegrityViolationException refused) {
            placed = placements.size() == 1 ? leftOut(placements.getFirst(), refused) : oneByOne(placements);
        }
        if (placed > 0) {
            changes.publishEvent(new OrdersChanged());
        }
        return placed;
    }

    private int oneByOne(List<Placement> placements) {
        return placements.stream().mapToInt(one -> place(List.of(one))).sum();
    }

    private static int leftOut(Placement placement, DataIntegrityViolationException refused) {
        log.error("order {} cannot be placed", placement.orderId(), refused);
        return 0;
    }

    private int insert(List<Placement> placements) {
        return jdbc.update(INSERT, statement -> {
            for (int i = 0; i < COLUMNS.size(); i++) {
                var column = COLUMNS.get(i);
                statement.setArray(
                        i + 1, statement.getConnection().createArrayOf(column.type(), column.values(placements)));
            }
        });
    }

    private record Column(String type, Function<Placement, Object> value) {

        Object[] values(List<Placement> placements) throws SQLException {
            return placements.stream().map(value).toArray();
        }
    }
}
