package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.PostgresEngine;
import io.openrun.lab.bench.OrderLag.Caught;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OrderLagTest {

    private static final UUID FIRST_DROP = UUID.randomUUID();
    private static final UUID SECOND_DROP = UUID.randomUUID();

    @TempDir
    private static Path home;

    private static PostgresEngine postgres;

    @BeforeAll
    static void startPostgres() throws SQLException {
        postgres = PostgresEngine.start(home, 0);
        execute("""
                CREATE SCHEMA drops;
                CREATE SCHEMA orders;
                CREATE TABLE drops.stock (id uuid, last_sequence bigint);
                CREATE TABLE drops.hold (id uuid DEFAULT gen_random_uuid(), stock_id uuid, sequence bigint, unit int);
                CREATE TABLE orders.orders (id uuid);
                """);
        for (UUID drop : List.of(FIRST_DROP, SECOND_DROP)) {
            execute("""
                    INSERT INTO drops.stock VALUES ('%1$s', 1000);
                    INSERT INTO drops.hold (stock_id, sequence, unit) SELECT '%1$s', n, 1 FROM generate_series(1, 1000) n;
                    """.formatted(drop));
        }
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void countsEveryOrderThatIsStillToBeMadeAndWaitsForTheLastOfThem() throws Exception {
        makeOrders(FIRST_DROP, 1, 617);
        makeOrders(SECOND_DROP, 1, 1_000);
        assertThat(caughtUp(0, SECOND_DROP).behind()).isZero();
        assertThat(caughtUp(1_000, FIRST_DROP).behind())
                .as("those from before have no orders")
                .isZero();

        var watching = CompletableFuture.supplyAsync(() -> caughtUp(0, FIRST_DROP, SECOND_DROP));
        await().until(OrderLagTest::hasCounted);
        makeOrders(FIRST_DROP, 618, 1_000);

        assertThat(watching.join().behind()).isEqualTo(383);
        assertThat(watching.join().fault()).isEmpty();
    }

    @Test
    void findsFaultWithOrdersThatAreMadeLaterThanAMinuteAfterTheSale() {
        assertThat(new Caught(7, Duration.ofSeconds(60), true).fault()).isEmpty();
        assertThat(new Caught(7, Duration.ofMillis(60_001), true).fault()).hasValueSatisfying(fault -> assertThat(fault)
                .startsWith("orders 7 behind at the end, caught up in 60.0 s"));
        assertThat(new Caught(7, Duration.ofSeconds(59), false).fault()).hasValueSatisfying(fault -> assertThat(fault)
                .startsWith("orders 7 behind at the end, not caught up after 59 s"));
    }

    private static Caught caughtUp(long earlier, UUID... drops) {
        try {
            return new OrderLag(postgres.jdbcUrl(), List.of(drops), earlier).awaitCaughtUp();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasCounted() throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                ResultSet row = connection.createStatement().executeQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE query LIKE 'WITH RECURSIVE halving%' AND state = 'idle'
                        """)) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private static void makeOrders(UUID drop, int from, int to) throws SQLException {
        execute(
                "INSERT INTO orders.orders SELECT id FROM drops.hold WHERE stock_id = '%s' AND sequence BETWEEN %d AND %d"
                        .formatted(drop, from, to));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
            connection.createStatement().execute(sql);
        }
    }
}
