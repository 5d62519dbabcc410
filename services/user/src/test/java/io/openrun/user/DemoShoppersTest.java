package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import io.openrun.platform.security.TokenVerdict.Verified;
import io.openrun.platform.security.TokenVerifier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@OnRealEngines
@Import(Shop.class)
class DemoShoppersTest {

    private static final int MORE_THAN_ARE_SIGNED_AHEAD = (Runtime.getRuntime().availableProcessors() + 2) * 2_000 + 1;

    @Autowired
    private Shop shop;

    @Autowired
    private TokenVerifier tokens;

    private final String[] serviceKey = {
        "X-Service-Key", SharedEngines.secrets().serviceKey()
    };

    @Test
    void handsOutTokensOfDistinctShoppersWhoStayTheSame() {
        int crowd = MORE_THAN_ARE_SIGNED_AHEAD;
        var first = shop.post("/internal/demo/shoppers", "{\"count\": " + crowd + "}", serviceKey);
        var second = shop.post("/internal/demo/shoppers", "{\"count\": " + crowd + "}", serviceKey);

        assertThat(first.status()).isEqualTo(200);
        var people = first.text().lines().map(line -> line.split(" ", 2)).toList();
        assertThat(people.stream().map(p -> p[0]).collect(Collectors.toSet())).hasSize(crowd);
        assertThat(second.text().lines().map(line -> line.substring(0, 36)))
                .containsExactlyElementsOf(people.stream().map(p -> p[0]).toList());
        for (var person : people.subList(0, 200)) {
            assertThat(tokens.verify(person[1])).isInstanceOfSatisfying(Verified.class, verified -> assertThat(
                            verified.caller().userId())
                    .hasToString(person[0]));
        }
        assertThat(shop.get("/api/v1/users/me", Shop.as(people.getLast()[1]))
                        .body()
                        .path("email")
                        .asString())
                .isEqualTo("shopper-" + crowd + "@demo.openrun.local");
    }

    @Test
    void makesNoCrowdOfNobodyOrForEverybody() {
        for (var body : new String[] {
            "{\"count\": 0}", "{\"count\": -1}", "{\"count\": 1000001}", "{\"count\": 1.5}", "{\"count\": \"1\"}", "{}"
        }) {
            assertThat(shop.post("/internal/demo/shoppers", body, serviceKey).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(shop.post("/internal/demo/shoppers", "{\"count\": 1}", "X-Service-Key", "guess")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoOfThemSignsOutEverywhereIsOutThoughTheirSessionIsStoredNowhere() {
        var line = shop.post("/internal/demo/shoppers", "{\"count\": 1}", serviceKey)
                .text()
                .strip();
        var me = Shop.as(line.split(" ", 2)[1]);
        assertThat(shop.get("/api/v1/users/me", me).status()).isEqualTo(200);

        assertThat(shop.send("DELETE", "/api/v1/sessions", null, me).status()).isEqualTo(204);

        assertThat(shop.get("/api/v1/users/me", me).code()).isEqualTo("SESSION_ENDED");
    }
}
