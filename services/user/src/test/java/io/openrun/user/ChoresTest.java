package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** What the service clears away by itself, every few minutes. */
@OnRealEngines
@Import(Shop.class)
class ChoresTest {

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ScheduledTaskHolder schedule;

    private final String ended = UUID.randomUUID() + "@example.org";
    private final String going = UUID.randomUUID() + "@example.org";

    private void doTheChores() {
        var chores = schedule.getScheduledTasks().stream()
                .filter(task -> task.toString().contains("io.openrun.user."))
                .map(ScheduledTask::getTask)
                .toList();
        assertThat(chores).isNotEmpty();
        chores.forEach(chore -> chore.getRunnable().run());
    }

    private int change(String sql, String email) {
        return jdbc.sql(sql).param("email", email).update();
    }

    private long count(String sql, String email) {
        return jdbc.sql("select count(*) from " + sql)
                .param("email", email)
                .query(Long.class)
                .single();
    }

    @Test
    void forgetsSessionsThatHaveExpiredWithTheirTokensAndNoOthers() {
        shop.member(ended);
        shop.member(going);
        change(
                "update users.session set expires_at = now() - interval '1 second'"
                        + " where account_id = (select id from users.account where email = :email)",
                ended);

        doTheChores();

        var sessions = "users.session s join users.account a on a.id = s.account_id"
                + " join users.refresh_token r on r.session_id = s.id where email = :email";
        assertThat(count(sessions, ended)).isZero();
        assertThat(count(sessions, going)).isEqualTo(1);
    }

    @Test
    void forgetsVerificationsThatNobodyUsedInTimeAndNoOthers() {
        shop.signUp(ended);
        shop.signUp(going);
        change(
                "update users.verification set expires_at = now() - interval '1 second'"
                        + " where account_id = (select id from users.account where email = :email)",
                ended);

        doTheChores();

        var verifications = "users.verification v join users.account a on a.id = v.account_id where email = :email";
        assertThat(count(verifications, ended)).isZero();
        assertThat(count(verifications, going)).isEqualTo(1);
    }

    @Test
    void forgetsFailedLoginsAfterTheirWindowAndNotBefore() {
        shop.signIn(ended, "wrong password");
        shop.signIn(going, "wrong password");
        change("update users.login_failure set since = now() - interval '301 seconds' where email = :email", ended);
        change("update users.login_failure set since = now() - interval '200 seconds' where email = :email", going);

        doTheChores();

        assertThat(count("users.login_failure where email = :email", ended)).isZero();
        assertThat(count("users.login_failure where email = :email", going)).isEqualTo(1);
    }
}
