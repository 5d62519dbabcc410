package io.openrun.user.session;

import io.openrun.user.UserSettings;
import io.openrun.user.account.EmailAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts login attempts per e-mail, so that nobody tries out passwords. An attempt counts before the password is looked
 * at, therefore any number of simultaneous ones stay within the bound; a right password forgets the count.
 */
@Component
class LoginFailures {

    private final JdbcClient jdbc;
    private final UserSettings settings;

    LoginFailures(JdbcClient jdbc, UserSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    private record Count(int failures, long remainingMillis) {}

    /** Counts an attempt; where there were too many, says how long none is looked at. */
    Optional<Duration> countAttempt(EmailAddress email) {
        long windowMillis = settings.loginFailureWindow().toMillis();
        var count = jdbc.sql("""
                        insert into users.login_failure as f (email, failures, since) values (:email, 1, now())
                        on conflict (email) do update set
                            failures = case when f.since < now() - :window * interval '1 millisecond'
                                            then 1 else least(f.failures + 1, 1000000) end,
                            since = case when f.since < now() - :window * interval '1 millisecond'
                                         then now() else f.since end
                        returning failures,
                            (extract(epoch from since - now()) * 1000)::bigint + :window as remaining_millis""")
                .param("email", email.value())
                .param("window", windowMillis)
                .query(Count.class)
                .single();
        return count.failures > settings.maxLoginFailures()
                ? Optional.of(Duration.ofMillis(Math.max(1, count.remainingMillis)))
                : Optional.empty();
    }

    void forget(EmailAddress email) {
        jdbc.sql("delete from users.login_failure where email = :email")
                .param("email", email.value())
                .update();
    }

    int forgetOld() {
        return jdbc.sql("delete from users.login_failure where since < now() - :window * interval '1 millisecond'")
                .param("window", settings.loginFailureWindow().toMillis())
                .update();
    }
}
