package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@OnRealEngines
@Import(Shop.class)
class SignUpTest {

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    private final String email = UUID.randomUUID() + "@example.org";

    @Test
    void letsNobodyInBeforeTheEmailIsVerified() {
        assertThat(shop.signUp(email).status()).isEqualTo(202);

        assertThat(shop.signIn(email, Shop.PASSWORD).code()).isEqualTo("EMAIL_NOT_VERIFIED");
        assertThat(shop.signIn(email, "wrong password").code()).isEqualTo("BAD_CREDENTIALS");

        await().until(() -> shop.verificationTokens(email).size() == 1);
        var token = shop.verificationTokens(email).getFirst();
        assertThat(shop.verify(token).status()).isEqualTo(204);
        assertThat(shop.signIn(email, Shop.PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void takesAVerificationTokenOnce() {
        shop.signUp(email);
        await().until(() -> shop.verificationTokens(email).size() == 1);
        var token = shop.verificationTokens(email).getFirst();

        assertThat(shop.verify(token).status()).isEqualTo(204);
        assertThat(shop.verify(token).code()).isEqualTo("VERIFICATION_INVALID");
        assertThat(shop.verify(token).status()).isEqualTo(422);
        assertThat(shop.verify("x").status()).isEqualTo(422);
    }

    @Test
    void refusesALinkThatHasExpiredAndLeavesTheEmailUnverified() {
        shop.signUp(email);
        await().until(() -> shop.verificationTokens(email).size() == 1);
        var token = shop.verificationTokens(email).getFirst();
        jdbc.sql("update users.verification set expires_at = now() - interval '1 second'"
                        + " where account_id = (select id from users.account where email = :email)")
                .param("email", email)
                .update();

        assertThat(shop.verify(token).code()).isEqualTo("VERIFICATION_INVALID");
        assertThat(useOnPage(token)).contains("expired").doesNotContain("You can sign in now");
        assertThat(useOnPage("x".repeat(10_000))).contains("expired");
        assertThat(shop.signIn(email, Shop.PASSWORD).code()).isEqualTo("EMAIL_NOT_VERIFIED");

        shop.signUp(email);
        await().until(() -> shop.verificationTokens(email).size() == 2);
        assertThat(shop.verify(shop.verificationTokens(email).getLast()).status())
                .isEqualTo(204);
    }

    private String useOnPage(String token) {
        return shop.post("/verify", "token=" + token, "Content-Type", "application/x-www-form-urlencoded")
                .text();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void takesTwoSignUpsOfOneEmailAtTheSameMomentAndLogsNothingPersonal(CapturedOutput output) throws Exception {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = transactions.execute(status -> {
                jdbc.sql("insert into users.account (id, email, password_hash, name, role, verified_at, created_at)"
                                + " select :id, :email, '!', name, 'USER', now(), now() from users.account"
                                + " where email = 'demo@openrun.local'")
                        .param("id", UUID.randomUUID())
                        .param("email", email)
                        .update();
                var ours = people.submit(() -> shop.signUp(email));
                await().until(() -> waitsForAnother());
                return ours;
            });

            assertThat(other.get().status()).isEqualTo(202);
        }
        await().until(() -> shop.mailsTo(email).size() == 1);
        assertThat(shop.mailsTo(email).getFirst().path("subject").asString(""))
                .isEqualTo("You already have an account");
        assertThat(output).contains("account_email_key").doesNotContain(email, "$argon2id$");
    }

    private boolean waitsForAnother() {
        return jdbc.sql("select exists (select from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock' and query like 'insert into users.account%')")
                .query(Boolean.class)
                .single();
    }

    @Test
    void answersTheSameForAKnownEmailAndTellsItsOwner() {
        shop.member(email);

        var again = shop.signUp(" " + email.toUpperCase(java.util.Locale.ROOT) + " ");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEmpty();
        await().until(() -> shop.mailsTo(email).size() == 2);
        assertThat(shop.mailsTo(email).getLast().path("subject").asString("")).isEqualTo("You already have an account");
        assertThat(shop.signIn(email, Shop.PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void theLinkDecidesWhosePasswordTheAccountGets() {
        shop.post("/api/v1/users", """
                {"email": "%s", "password": "the stranger's", "name": "Stranger"}""".formatted(email));
        await().until(() -> shop.verificationTokens(email).size() == 1);
        shop.signUp(email);
        await().until(() -> shop.verificationTokens(email).size() == 2);
        var links = shop.verificationTokens(email);

        shop.verify(links.getLast());
        shop.verify(links.getFirst());

        assertThat(shop.signIn(email, Shop.PASSWORD).status()).isEqualTo(201);
        assertThat(shop.signIn(email, "the stranger's").status()).isEqualTo(401);
    }

    @Test
    void sendsNoMoreThanAFewMailsToAnEmailThatNobodyVerifies() {
        for (int i = 0; i < 8; i++) {
            assertThat(shop.signUp(email).status()).isEqualTo(202);
        }
        var probe = UUID.randomUUID() + "@example.org";
        shop.signUp(probe);
        await().until(() -> shop.mailsTo(probe).size() == 1);

        assertThat(shop.mailsTo(email)).hasSize(5);
    }

    @Test
    void keepsPersonalDataEncryptedAndSecretsHashed() {
        var tokens = shop.member(email);

        var dump = jdbc.sql("select a::text || s::text || coalesce(string_agg(r::text, ''), '')"
                        + " from users.account a join users.session s on s.account_id = a.id"
                        + " join users.refresh_token r on r.session_id = s.id where email = :email group by a.*, s.*")
                .param("email", email)
                .query(String.class)
                .single();

        var bytes = java.util.HexFormat.of().formatHex("서연".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(dump)
                .contains("$argon2id$")
                .doesNotContain(
                        "서연",
                        bytes,
                        "1234-5678",
                        "종로구",
                        tokens.path("refreshToken").asString());
        assertThat(shop.get(
                                "/api/v1/users/me",
                                Shop.as(tokens.path("accessToken").asString()))
                        .body()
                        .path("name")
                        .asString())
                .isEqualTo("김 서연");
    }

    @Test
    void showsTheMailWithALinkToAPageThatVerifies() {
        shop.signUp(email);
        await().until(() -> shop.verificationTokens(email).size() == 1);
        var token = shop.verificationTokens(email).getFirst();

        assertThat(shop.get("/dev/inbox", "Accept", "text/html").text()).contains(email, "<a href=\"", token);
        assertThat(shop.get("/verify?token=" + token).text()).contains("<form", token);
        assertThat(shop.signIn(email, Shop.PASSWORD).code()).isEqualTo("EMAIL_NOT_VERIFIED");

        var verified = shop.post("/verify", "token=" + token, "Content-Type", "application/x-www-form-urlencoded");

        assertThat(verified.text()).contains("Your e-mail is verified");
        assertThat(shop.signIn(email, Shop.PASSWORD).status()).isEqualTo(201);
        assertThat(shop.get("/verify?token=%22%3E%3Cscript%3E").text()).doesNotContain("<script>");
    }

    @Test
    void writesMailsAndPagesInTheReadersLanguage() {
        shop.post("/api/v1/users", """
                {"email": "%s", "password": "correct horse", "name": "김 서연"}""".formatted(email), "Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8");
        await().until(() -> shop.verificationTokens(email).size() == 1);
        var mail = shop.mailsTo(email).getFirst();

        assertThat(mail.path("subject").asString()).isEqualTo("이메일을 인증하세요");
        assertThat(mail.path("text").asString()).contains("24시간 동안", "/verify?token=");
        var token = shop.verificationTokens(email).getFirst();
        assertThat(shop.get("/verify?token=" + token, "Accept-Language", "ko").text())
                .contains("<html lang=\"ko\">", "이메일 인증", token);
        assertThat(shop.get("/verify?token=" + token).text()).contains("<html lang=\"en\">", "Verify your e-mail");
        assertThat(shop.get("/dev/inbox", "Accept", "text/html", "Accept-Language", "ko")
                        .text())
                .contains("받는 사람: " + email, "<a href=\"/verify?token=" + token + "\">http");
    }

    @Test
    void saysWhatIsWrongWithAFieldInTheReadersLanguage() {
        var body = "{\"email\": \"nobody\", \"password\": \"short\"}";

        var korean =
                shop.post("/api/v1/users", body, "Accept-Language", "ko").body().path("errors");
        var english =
                shop.post("/api/v1/users", body, "Accept-Language", "fr").body().path("errors");

        assertThat(korean.toString()).contains("이메일 주소 형식", "8~128자", "값을 입력하세요.");
        assertThat(english.toString()).contains("must be an e-mail address", "must be 8 to 128", "must be given");
    }
}
