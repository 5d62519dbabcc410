package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.PostgresEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OneSalePerTransactionTest {

    @TempDir
    private static Path home;

    private static PostgresEngine postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = PostgresEngine.start(home, 0);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void everySaleIsInTheDatabaseAndOnDisk() throws Exception {
        try (OneSalePerTransaction baseline = new OneSalePerTransaction(postgres.jdbcUrl(), postgres.pid())) {
            Sample sample = baseline.run(Duration.ofMillis(500));

            assertThat(sample.faults()).isEmpty();
            assertThat(sample.sold()).isPositive();
            assertThat(sample.value()).isPositive();
        }
        assertThat(Durability.of(postgres.jdbcUrl()).full()).isTrue();
    }

    @Test
    void theBooksFindWhatDoesNotAddUp() throws Exception {
        HoldBooks books = new HoldBooks(postgres.jdbcUrl(), "bench");
        try (OneSalePerTransaction baseline = new OneSalePerTransaction(postgres.jdbcUrl(), postgres.pid())) {
            long sold = baseline.run(Duration.ofMillis(200)).sold();
            UUID stock = newestStock();

            assertThat(books.faults(List.of(stock), sold, 0)).isEmpty();
            assertThat(books.faults(List.of(stock), sold + 1, 0))
                    .singleElement()
                    .asString()
                    .contains("told 201");
            assertThat(books.faults(List.of(stock), sold - 2, 2)).isEmpty();
            assertThat(books.faults(List.of(stock), sold - 2, 1)).hasSize(1);
            assertThat(books.faults(List.of(UUID.randomUUID()), 0, 0))
                    .singleElement()
                    .asString()
                    .contains("no stock");

            execute("DELETE FROM bench.hold WHERE sequence = 1 AND stock_id = '" + stock + "'");

            assertThat(books.faults(List.of(stock), sold - 1, 0))
                    .anyMatch(fault -> fault.startsWith("units taken"))
                    .anyMatch(fault -> fault.startsWith("places"));
        }
    }

    private static UUID newestStock() throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT id FROM bench.stock ORDER BY id DESC LIMIT 1")) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
