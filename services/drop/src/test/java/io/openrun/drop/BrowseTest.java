package io.openrun.drop;

import static io.openrun.drop.DropShop.code;
import static io.openrun.drop.DropShop.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody may read: the drops page by page, and where they are sold. */
class BrowseTest {

    private static DropShop shop;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
    }

    @Test
    void listsEachDropOncePageByPage() {
        for (int i = 0; i < 5; i++) {
            shop.openDrop(1, 1);
        }
        var seen = new HashSet<String>();
        int items = 0;
        var next = "";
        do {
            var page = json(shop.get(shop.web("/api/v1/drops?limit=2&state=OPEN" + next), null));
            for (var item : page.get("items")) {
                items++;
                seen.add(item.get("id").stringValue());
                assertThat(item.get("state").stringValue()).isEqualTo("OPEN");
            }
            next = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").stringValue();
        } while (!next.isEmpty());
        assertThat(items).isEqualTo(seen.size()).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/drops?state=NONE",
                "/api/v1/drops?limit=0",
                "/api/v1/drops?limit=101",
                "/api/v1/drops?limit=x",
                "/api/v1/drops?cursor=x",
            })
    void refusesListsThatMakeNoSense(String path) {
        assertThat(code(shop.get(shop.web(path), null))).isEqualTo("400 VALIDATION_FAILED");
    }

    @Test
    void takesBlankFiltersForAbsentOnes() {
        var id = shop.openDrop(1, 1).toString();

        var list = json(shop.get(shop.web("/api/v1/drops?state=&limit=&cursor="), null));

        assertThat(list.get("items").valueStream().map(drop -> drop.get("id").stringValue()))
                .contains(id);
    }

    @Test
    void tellsTheStorefrontWhereTheLaneIs() {
        var config = json(shop.get(shop.web("/api/v1/config"), null));

        assertThat(config.get("fastLaneUrl").stringValue()).isEqualTo("http://127.0.0.1:" + shop.lanePort());
        assertThat(config.get("currency").stringValue()).isEqualTo("KRW");
        assertThat(config.get("languages")).hasSize(2);
        assertThat(config.get("demo").booleanValue()).isFalse();
    }
}
