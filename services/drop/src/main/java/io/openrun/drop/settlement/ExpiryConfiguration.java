package io.openrun.drop.settlement;

import io.openrun.drop.engine.DropEngine;
import io.openrun.platform.chores.Rounds;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Unpaid holds run out: a bounded batch at a time, on every instance, each hold once. */
@Configuration(proxyBeanMethods = false)
class ExpiryConfiguration {

    private static final Duration CADENCE = Duration.ofMillis(250);
    private static final int MAX_BATCH = 1_000;

    @Bean
    Rounds expiringHolds(DropEngine engine) {
        return new Rounds("drop-expiry", CADENCE, () -> engine.ledger().expireDue(MAX_BATCH) >= MAX_BATCH);
    }
}
