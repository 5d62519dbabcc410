package io.openrun.catalog.product;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at one product. */
@Component
class ShowProduct {

    private final JdbcClient jdbc;

    ShowProduct(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The product with its stock and its drop, all as of one moment: it is one statement. */
    Optional<ProductPage> show(UUID id) {
        return jdbc.sql("""
                        SELECT p.*, s.remaining, s.remaining = 0 AS sold_out, (
                            SELECT a.drop_id FROM catalog.announced_drop a
                            WHERE a.product_id = p.id AND a.closes_at > clock_timestamp()
                            ORDER BY a.closes_at, a.drop_id LIMIT 1) AS drop
                        FROM catalog.product p JOIN catalog.stock s ON s.id = p.id
                        WHERE p.id = ? AND p.deleted_at IS NULL
                        """).param(id).query(ProductPage.class).optional();
    }
}
