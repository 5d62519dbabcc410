package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnRealEngines
@Import(Shop.class)
class ProfileTest {

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcClient jdbc;

    private String[] me;

    @BeforeEach
    void signIn() {
        me = Shop.as(shop.member(UUID.randomUUID() + "@example.org")
                .path("accessToken")
                .asString());
    }

    private Shop.Answer patch(String body) {
        return shop.send("PATCH", "/api/v1/users/me", body, me);
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        var changed = patch("{\"name\": \" New Name \", \"bio\": \"two\\nlines\"}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("name").asString()).isEqualTo("New Name");
        assertThat(changed.body().path("phone").asString()).isEqualTo("+82 10-1234-5678");
        assertThat(shop.get("/api/v1/users/me", me).body()).isEqualTo(changed.body());
    }

    @Test
    void removesWhatIsNull() {
        assertThat(patch("{\"phone\": null}").body().path("phone").isNull()).isTrue();
        assertThat(shop.get("/api/v1/users/me", me).body().path("address").isNull())
                .isFalse();
    }

    @Test
    void changesNothingWhenAnyMemberIsInvalid() {
        var before = shop.get("/api/v1/users/me", me).body();

        for (var body : new String[] {
            "{\"name\": null}",
            "{\"name\": \"\"}",
            "{\"name\": 5}",
            "{\"bio\": \"fine\", \"phone\": \"none\"}",
            "{\"bio\": \"fine\", \"role\": \"ADMIN\"}",
            "{\"bio\": \"fine\", \"email\": \"other@example.org\"}",
            "{\"bio\": \"nul \\u0000\"}",
            "{\"bio\": \"half \\ud800\"}",
            "{\"profileImageUrl\": \"javascript:alert(1)\"}",
            "[]",
            "null",
            "{"
        }) {
            assertThat(patch(body).status()).as(body).isEqualTo(400);
        }

        assertThat(shop.get("/api/v1/users/me", me).body()).isEqualTo(before);
    }

    @Test
    void whoseAccountIsGoneIsNotFoundWhateverTheirTokenSays() {
        var id = UUID.fromString(
                shop.get("/api/v1/users/me", me).body().path("id").asString());
        jdbc.sql("delete from users.account where id = :id").param("id", id).update();

        assertThat(shop.get("/api/v1/users/me", me).code()).isEqualTo("NOT_FOUND");
        assertThat(patch("{\"name\": \"New Name\"}").code()).isEqualTo("NOT_FOUND");
    }
}
