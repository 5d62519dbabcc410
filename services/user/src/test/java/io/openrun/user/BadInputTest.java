package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnRealEngines
@Import(Shop.class)
class BadInputTest {

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcClient jdbc;

    private static void isProblem(Shop.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.code()).isNotEmpty();
        assertThat(answer.response().headers().firstValue("X-Request-Id")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "0",
                "{",
                "{}",
                "{\"email\": \"EMAIL\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\"}",
                "{\"email\": \"EMAIL\", \"password\": \"1234567\", \"name\": \"n\"}",
                "{\"email\": \"EMAIL\", \"password\": 12345678, \"name\": \"n\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \" \"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": 1}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": [\"n\"]}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": null}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\\u0000\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"\\udc00\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\", \"role\": \"ADMIN\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\", \"userId\": \"1\"}",
                "{\"email\": \"EMAIL\", \"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\", \"phone\": \"call me\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\", \"phone\": 1.5}",
                "{\"email\": null, \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"nobody\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"a@b\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"a b@example.org\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"a@example.org\\r\\nBcc: b@example.org\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"a@example.org,b@example.org\", \"password\": \"12345678\", \"name\": \"n\"}",
                "{\"email\": \"EMAIL\", \"password\": \"12345678\", \"name\": \"n\"} {}",
            })
    void aSignUpThatIsNoneLeavesNothingBehind(String body) {
        var email = UUID.randomUUID() + "@example.org";
        long before = accounts();

        isProblem(shop.post("/api/v1/users", body.replace("EMAIL", email)), 400);

        assertThat(accounts()).isEqualTo(before);
    }

    private long accounts() {
        return jdbc.sql("select count(*) from users.account").query(Long.class).single();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/api/v1/sessions|{}|400",
                "POST|/api/v1/sessions|{\"email\": \"a@example.org\", \"password\": null}|400",
                "POST|/api/v1/sessions|{\"email\": \"a@example.org\", \"password\": true}|400",
                "POST|/api/v1/sessions|{\"email\": \"a@example.org\", \"password\": \"\"}|401",
                "POST|/api/v1/sessions|{\"email\": \"a@example.org\", \"password\": \"x\", \"userId\": 1}|400",
                "POST|/api/v1/sessions/refresh|{}|400",
                "POST|/api/v1/sessions/refresh|{\"refreshToken\": \"\"}|400",
                "POST|/api/v1/sessions/refresh|{\"refreshToken\": \"unknown\"}|401",
                "POST|/api/v1/users/verifications|{\"token\": null}|400",
                "POST|/api/v1/users/verifications|{\"token\": \"\\u0000\"}|422",
                "PUT|/api/v1/sessions|{}|401",
                "GET|/api/v1/sessions|{}|401",
                "DELETE|/api/v1/sessions|{}|401",
                "GET|/api/v1/users/me|{}|401",
                "GET|/api/v1/nothing|{}|401",
                "GET|/nothing|{}|404",
                "POST|/internal/demo/shoppers|{\"count\": 1}|404",
                "GET|/internal/anything|{}|404",
                "PUT|/api/v1/users/verifications|{}|401",
            })
    void answersWithTheRightProblem(String method, String path, String body, int status) {
        isProblem(shop.send(method, path, body), status);
    }

    @Test
    void refusesHugeBodiesAndOtherTypes() {
        var huge = "{\"email\": \"" + "a".repeat(1_000_000) + "\"}";
        isProblem(shop.post("/api/v1/users", huge), 413);
        isProblem(shop.post("/api/v1/users", "{\"name\": \"" + "a".repeat(60_000) + "\"}"), 400);
        isProblem(shop.post("/api/v1/users", "a=b", "Content-Type", "application/x-www-form-urlencoded"), 415);
        isProblem(shop.post("/api/v1/users", "<a/>", "Content-Type", "application/xml"), 415);
        isProblem(shop.post("/api/v1/users", "{}", "Content-Type", "nonsense"), 415);
    }

    @Test
    void refusesBadTokensOnPublicRoutesTooExceptWherePeopleComeIn() {
        for (var token : new String[] {"x", "a.b.c", "", "x".repeat(6000)}) {
            isProblem(shop.get("/.well-known/jwks.json", Shop.as(token)), 401);
            isProblem(shop.send("GET", "/api/v1/sessions", null, Shop.as(token)), 401);
            isProblem(shop.post("/api/v1/sessions", "{}", Shop.as(token)), 400);
        }
        isProblem(shop.get("/api/v1/users/me", "Authorization", "Basic YTpi"), 401);
        assertThat(shop.get("/api/v1/users/me").response().headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer");
    }

    @Test
    void asksForPagesWithinBounds() {
        var admin = Shop.as(shop.signIn("admin@openrun.local", OnRealEngines.ADMIN_PASSWORD)
                .body()
                .path("accessToken")
                .asString());
        for (var query :
                new String[] {"limit=0", "limit=-1", "limit=101", "limit=1.5", "limit=x", "cursor=x", "cursor=%00"}) {
            isProblem(shop.get("/api/v1/sessions?" + query, admin), 400);
        }
        isProblem(shop.send("PUT", "/api/v1/sessions", "{}", admin), 405);
        isProblem(shop.get("/api/v1/nothing", admin), 404);
    }
}
