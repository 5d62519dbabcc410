package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A shop that has orders gets the later tables with its orders in them. */
class MigrationsTest {

    private static void migrate(String url, String target) {
        Flyway.configure()
                .dataSource(url, null, null)
                .schemas("orders")
                .locations("classpath:db/order")
                .target(target)
                .load()
                .migrate();
    }

    @Test
    void ordersThatChangedBeforeChangesWereKeptHaveHowTheyStandNow() throws Exception {
        var url = SharedEngines.newDatabase();
        migrate(url, "1");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO orders.orders (id, user_id, drop_id, sequence, status, version, items, total, payable,
                                               hold_expires_at, created_at)
                    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), made.version + 1, made.status,
                           made.version, '[]', 1, 1, now(), now()
                      FROM (VALUES ('PENDING_PAYMENT', 0), ('CANCELLED', 3)) AS made (status, version)
                    """);

            migrate(url, "latest");

            try (var rows = statement.executeQuery("SELECT changes::text FROM orders.orders ORDER BY version")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isNull();
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("{CANCELLED,CANCELLED,CANCELLED}");
            }
        }
    }
}
