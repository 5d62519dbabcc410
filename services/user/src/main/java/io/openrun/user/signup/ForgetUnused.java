package io.openrun.user.signup;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes verification links that nobody used in time. */
@Component
class ForgetUnused {

    private final Verifications verifications;
    private final Clock clock = Clock.systemUTC();

    ForgetUnused(Verifications verifications) {
        this.verifications = verifications;
    }

    @Scheduled(initialDelay = 11, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    @Transactional
    public void forget() {
        verifications.deleteExpired(clock.instant());
    }
}
