package io.openrun.catalog;

import static io.openrun.catalog.RunningCatalog.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {

    private static final String CATEGORY = "list-" + UUID.randomUUID();

    @BeforeAll
    static void putOnTheShelf() {
        for (var product :
                List.of("banana 300", "Apple 100", "cherry\\nred 200", "apple 200", "가방 100", "나비 200", "Cherry 200")) {
            var parts = product.split(" ", 2);
            CATALOG.product("\"name\": \"%s\", \"price\": %s, \"quantity\": 1, \"category\": \"%s\""
                    .formatted(parts[0], parts[1], CATEGORY));
        }
    }

    private record Listed(List<String> ids, List<String> names) {

        static Listed by(String sort, int limit) {
            var ids = new ArrayList<String>();
            var names = new ArrayList<String>();
            var path = "/api/v1/products?category=%s&sort=%s&limit=%d".formatted(CATEGORY, sort, limit);
            var next = path;
            while (true) {
                var page = CATALOG.get(next).expect(200);
                page.get("items").forEach(item -> ids.add(item.get("id").asString()));
                page.get("items").forEach(item -> names.add(item.get("name").asString()));
                assertThat(page.get("items").size()).isLessThanOrEqualTo(limit);
                if (page.get("nextCursor").isNull()) {
                    return new Listed(ids, names);
                }
                next = path + "&cursor=" + page.get("nextCursor").asString();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "price", "-price", "name"})
    void pagesOfAnySizeShowEveryProductOnceInTheSameOrder(String sort) {
        var whole = Listed.by(sort, 100);

        assertThat(whole.ids()).hasSize(7).doesNotHaveDuplicates();
        for (int limit = 1; limit <= 7; limit++) {
            assertThat(Listed.by(sort, limit)).isEqualTo(whole);
        }
    }

    @Test
    void everySortMeansWhatItSays() {
        assertThat(Listed.by("newest", 100).names())
                .containsExactly("Cherry", "나비", "가방", "apple", "cherry\nred", "Apple", "banana");
        assertThat(Listed.by("name", 100).names().stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)))
                .containsExactly("apple", "apple", "banana", "cherry", "cherry\nred", "가방", "나비");
        assertThat(Listed.by("price", 100).names()).startsWith("Apple", "가방").endsWith("banana");
        assertThat(Listed.by("-price", 100).ids())
                .isEqualTo(Listed.by("price", 100).ids().reversed());
    }

    @Test
    void aProductCreatedMeanwhileShiftsNoPage() {
        var first = CATALOG.get("/api/v1/products?sort=newest&limit=2").expect(200);
        var before = CATALOG.get("/api/v1/products?sort=newest&limit=2&cursor="
                        + first.get("nextCursor").asString())
                .expect(200);

        CATALOG.productWith(1);

        assertThat(CATALOG.get("/api/v1/products?sort=newest&limit=2&cursor="
                                + first.get("nextCursor").asString())
                        .expect(200))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"APPLE, 2", "방, 1", "%, 0", "_, 0", "\\, 0", "'', 7", "no such thing, 0", "'''; DROP TABLE product', 0"
    })
    void wordsAreFoundInAnyCaseAndTakenLiterally(String words, int found) {
        var path = "/api/v1/products?category=%s&query=%s"
                .formatted(CATEGORY, URLEncoder.encode(words, StandardCharsets.UTF_8));

        assertThat(CATALOG.get(path).expect(200).get("items")).hasSize(found);
    }

    @Test
    void wordsAreFoundInDescriptionsToo() {
        var word = UUID.randomUUID().toString();
        CATALOG.product("\"name\": \"Plain\", \"price\": 1, \"quantity\": 1, \"description\": \"has a %s in it\""
                .formatted(word));

        assertThat(CATALOG.get("/api/v1/products?query=" + word).expect(200).get("items"))
                .hasSize(1);
    }

    @Test
    void soldOutIsTrueExactlyWhenNothingRemains() {
        var id = CATALOG.product(
                "\"name\": \"Last\", \"price\": 1, \"quantity\": 1, \"category\": \"%s-last\"".formatted(CATEGORY));
        var list = "/api/v1/products?category=" + CATEGORY + "-last";
        assertThat(CATALOG.get(list).expect(200).at("/items/0/soldOut").asBoolean())
                .isFalse();

        CATALOG.post("/api/v1/products/" + id + "/stock-adjustments", "{\"delta\": -1, \"reason\": \"broken\"}")
                .asAdmin()
                .expect(201);

        assertThat(CATALOG.get(list).expect(200).at("/items/0/soldOut").asBoolean())
                .isTrue();
    }

    @Test
    void aBlankFilterIsAnAbsentOne() {
        assertThat(CATALOG.get("/api/v1/products?query=&category=%20&sort=&cursor=&limit=")
                        .expect(200))
                .isEqualTo(CATALOG.get("/api/v1/products").expect(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=1.5",
                "limit=abc",
                "limit=99999999999",
                "sort=cheapest",
                "cursor=!!",
                "cursor=bmV3ZXN0",
                "query=%00",
                "category=a%07b"
            })
    void aListThatCannotBeIsInvalid(String query) {
        assertThat(CATALOG.get("/api/v1/products?" + query).problem(400)).isEqualTo("VALIDATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price 0190aaaa-0000-7000-8000-000000000001 5",
                "newest 0190aaaa-0000-7000-8000-000000000001 x",
                "newest x 5",
                "newest 5",
                "newest 0190aaaa-0000-7000-8000-000000000001 99999999999999999999"
            })
    void aCursorOfAnotherListIsInvalid(String position) {
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));

        assertThat(CATALOG.get("/api/v1/products?sort=newest&cursor=" + cursor).problem(400))
                .isEqualTo("VALIDATION_FAILED");
    }
}
