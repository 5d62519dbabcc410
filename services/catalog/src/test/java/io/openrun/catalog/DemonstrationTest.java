package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;

class DemonstrationTest {

    private static final String FIRST = "/api/v1/products/01900000-0000-7000-8000-000000000001";
    private static final String LAST = "/api/v1/products/01900000-0000-7000-8000-000000000008";

    @Test
    void theShelvesAreFilledOnceAndNeverAgainstTheOwnersWill() throws Exception {
        assertThat(CATALOG.get(FIRST).expect(200).get("remaining").asLong()).isEqualTo(10_000);
        CATALOG.patch(FIRST, "{\"price\": 1}").asAdmin().expect(200);
        CATALOG.delete(LAST).asAdmin().send();

        CATALOG.bean(ApplicationRunner.class).run(new DefaultApplicationArguments());

        assertThat(CATALOG.get(FIRST).expect(200).get("price").asLong()).isEqualTo(1);
        assertThat(CATALOG.get(LAST).status()).isEqualTo(404);
    }
}
