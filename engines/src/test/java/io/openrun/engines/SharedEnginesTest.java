package io.openrun.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedEnginesTest {

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void postgresIsDurable(String setting) throws Exception {
        var url = SharedEngines.postgres().jdbcUrl();

        assertThat(EnginesTest.query(url, "SHOW " + setting)).isEqualTo("on");
    }

    @Test
    void postgresSpeaksEveryLanguage() throws Exception {
        var url = SharedEngines.postgres().jdbcUrl();

        assertThat(EnginesTest.query(url, "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(EnginesTest.query(url, "SELECT upper('오픈런 é')")).isEqualTo("오픈런 É");
        assertThat(EnginesTest.query(url, "SHOW server_version")).startsWith("18");
    }

    @Test
    void everyNewDatabaseIsEmptyAndItsOwn() throws Exception {
        var first = SharedEngines.newDatabase();
        var second = SharedEngines.newDatabase();

        assertThat(first).isNotEqualTo(second);
        assertThat(EnginesTest.query(first, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }

    @Test
    void tellsAServiceEverythingItMustKnow() {
        assertThat(SharedEngines.properties())
                .containsOnlyKeys(
                        "OPENRUN_DATABASE_URL",
                        "OPENRUN_REDIS_URL",
                        "OPENRUN_KAFKA_SERVERS",
                        "OPENRUN_SERVICE_KEY",
                        "OPENRUN_SIGNING_KEY_FILE",
                        "OPENRUN_DATA_KEY");
    }

    @Test
    void keepsKeysReadableByTheirOwnerOnly() throws Exception {
        var file = SharedEngines.secrets().signingKeyFile();

        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----");
    }
}
