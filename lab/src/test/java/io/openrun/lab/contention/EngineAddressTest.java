package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address of an engine, as a report shows it. */
class EngineAddressTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/shop?user=me&password=secret, jdbc:postgresql://db:5432/shop?…",
        "jdbc:postgresql://db/shop, jdbc:postgresql://db/shop",
        "redis://:secret@cache:6379, redis://…@cache:6379",
        "redis://me:se@cret@cache:6379/0, redis://…@cache:6379/0",
        "rediss://cache:6379, rediss://cache:6379",
    })
    void namesThePlaceAndNoSecret(String url, String shown) {
        assertThat(EngineAddress.withoutSecrets(url)).isEqualTo(shown);
    }
}
