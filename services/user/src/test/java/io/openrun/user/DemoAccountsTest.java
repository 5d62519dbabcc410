package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnRealEngines
@Import(Shop.class)
class DemoAccountsTest {

    private static final String DEMO = "demo@openrun.local";

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private List<ApplicationRunner> runners;

    @Test
    void nextStartGivesTheAccountsThePasswordsItWasToldAndKeepsTheAccounts() throws Exception {
        var member = UUID.randomUUID() + "@example.org";
        shop.member(member);
        var before = accounts();
        jdbc.sql("update users.account set password_hash ="
                        + " (select password_hash from users.account where email = :member) where email = :demo")
                .param("member", member)
                .param("demo", DEMO)
                .update();
        assertThat(shop.signIn(DEMO, OnRealEngines.DEMO_PASSWORD).status()).isEqualTo(401);

        for (var runner : runners) {
            runner.run(new DefaultApplicationArguments());
        }

        await().until(() -> shop.signIn(DEMO, OnRealEngines.DEMO_PASSWORD).status() == 201);
        assertThat(shop.signIn(DEMO, Shop.PASSWORD).status()).isEqualTo(401);
        assertThat(accounts()).isEqualTo(before);
    }

    private List<UUID> accounts() {
        return jdbc.sql("select id from users.account where email like '%@openrun.local' order by id")
                .query(UUID.class)
                .list();
    }
}
