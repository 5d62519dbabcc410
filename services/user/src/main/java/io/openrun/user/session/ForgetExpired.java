package io.openrun.user.session;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes what has ended by itself. Any number of instances may do it at once. */
@Component("forgetExpiredSessions")
class ForgetExpired {

    private final Sessions sessions;
    private final LoginFailures failures;
    private final Clock clock = Clock.systemUTC();

    ForgetExpired(Sessions sessions, LoginFailures failures) {
        this.sessions = sessions;
        this.failures = failures;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    @Transactional
    public void forget() {
        sessions.deleteExpired(clock.instant());
        failures.forgetOld();
    }
}
