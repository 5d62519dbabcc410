package io.openrun.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that have the engine's first tables, and a service's own beside them, get the later ones too. */
class MigrationsTest {

    private static final String FIRST = "V0.1__stock.sql";

    @TempDir
    private Path earlier;

    @TempDir
    private Path service;

    private static void migrate(String url, String... locations) {
        Flyway.configure()
                .dataSource(url, null, null)
                .schemas("drops")
                .locations(locations)
                .load()
                .migrate();
    }

    private static void copy(String migration, Path to) throws IOException {
        try (InputStream file = MigrationsTest.class.getResourceAsStream("/db/stock/" + migration)) {
            Files.copy(file, to.resolve(migration));
        }
    }

    @Test
    void reachADatabaseWhoseServiceHasMigratedBeyondThem() throws Exception {
        String url = SharedEngines.newDatabase();
        copy(FIRST, earlier);
        Files.writeString(service.resolve("V1__drops.sql"), "CREATE TABLE drop_plan (id uuid PRIMARY KEY);");
        migrate(url, "filesystem:" + earlier, "filesystem:" + service);

        migrate(url, StockSchema.MIGRATIONS, "filesystem:" + service);
        migrate(url, StockSchema.MIGRATIONS, "filesystem:" + service);

        try (var connection = DriverManager.getConnection(url);
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT to_regclass('drops.stock_unit') IS NOT NULL")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isTrue();
        }
    }
}
