package io.openrun.drop.schedule;

import io.openrun.contracts.DropWindow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the catalog until when a drop is on sale, once that has changed, so that its product shows it as long and no
 * longer. Any number of instances may do this at once: the drop's version keeps older news from winning.
 */
@Component
class TellWindows {

    private static final int MAX_BATCH = 20;

    private final JdbcClient jdbc;
    private final CatalogStock catalog;

    TellWindows(JdbcClient jdbc, CatalogStock catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** Tells what is not known yet, up to a bounded batch; what the catalog does not take is told in another round. */
    void round() {
        untold().forEach(drop -> {
            if (catalog.tell(drop.product(), drop.id(), drop.window())) {
                told(drop);
            }
        });
    }

    private List<Untold> untold() {
        return jdbc.sql("""
                        SELECT id, product_id, version, CASE WHEN phase = 'SCHEDULED' THEN closes_at END AS closes_at
                        FROM drops.drop WHERE NOT window_told LIMIT ?
                        """)
                .param(MAX_BATCH)
                .query((row, n) -> {
                    var closesAt = row.getTimestamp("closes_at");
                    return new Untold(
                            Objects.requireNonNull(row.getObject("id", UUID.class)),
                            Objects.requireNonNull(row.getObject("product_id", UUID.class)),
                            row.getLong("version"),
                            closesAt == null ? null : closesAt.toInstant());
                })
                .list();
    }

    /** A drop that changed again meanwhile is told again. */
    private void told(Untold drop) {
        jdbc.sql("UPDATE drops.drop SET window_told = true WHERE id = ? AND version = ?")
                .param(drop.id())
                .param(drop.version())
                .update();
    }

    private record Untold(
            UUID id, UUID product, long version, @Nullable Instant closesAt) {

        DropWindow window() {
            return new DropWindow(version, closesAt);
        }
    }
}
