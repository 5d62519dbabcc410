package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a shopper lives through before the first purchase: signing up, proving an address, and logging in. */
class SignupJourneyTest {

    private static TheShop shop;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
    }

    @Test
    void signsUpVerifiesLogsInAndRotatesTheSession() {
        var nobody = Shopper.nobody(shop.base());
        var email = "new-" + UUID.randomUUID() + "@example.com";
        var signup = Map.of("email", email, "password", "correct horse 1", "name", "새 회원");

        assertThat(nobody.post("/api/v1/users", signup).status()).isEqualTo(202);
        nobody.post("/api/v1/sessions", Map.of("email", email, "password", "correct horse 1"))
                .isProblem(403, "EMAIL_NOT_VERIFIED");
        var token = shop.verificationTokenMailedTo(email);
        assertThat(nobody.post("/api/v1/users/verifications", Map.of("token", token))
                        .status())
                .isEqualTo(204);
        nobody.post("/api/v1/sessions", Map.of("email", email, "password", "wrong horse 12"))
                .isProblem(401, "BAD_CREDENTIALS");
        var login = nobody.post("/api/v1/sessions", Map.of("email", email, "password", "correct horse 1"));
        assertThat(login.status()).isEqualTo(201);
        var refresh = login.json().path("refreshToken").asString();
        var me = new Shopper(shop.base(), "", login.json().path("accessToken").asString())
                .get("/api/v1/users/me")
                .ok();
        assertThat(me.path("email").asString()).isEqualTo(email);
        assertThat(me.path("name").asString()).isEqualTo("새 회원");

        var rotated = nobody.post("/api/v1/sessions/refresh", Map.of("refreshToken", refresh))
                .ok();
        nobody.post("/api/v1/sessions/refresh", Map.of("refreshToken", refresh)).isProblem(401);
        nobody.post(
                        "/api/v1/sessions/refresh",
                        Map.of("refreshToken", rotated.path("refreshToken").asString()))
                .isProblem(401);
    }
}
