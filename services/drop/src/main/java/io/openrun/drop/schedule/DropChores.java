package io.openrun.drop.schedule;

import io.openrun.platform.chores.Rounds;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done about drops in the background. */
@Configuration(proxyBeanMethods = false)
class DropChores {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** More than once within the time for which terms count as fresh, reading included. */
    private static final Duration STAYS_FRESH = Duration.ofMillis(400);

    @Bean
    Rounds withdrawingDrafts(WithdrawDrafts drafts, DraftSettings settings) {
        return new Rounds("drop-drafts", settings.lookEvery(), () -> {
            drafts.withdraw();
            return false;
        });
    }

    @Bean
    Rounds returningUnits(ReturnUnits units) {
        return new Rounds("drop-returns", PAUSE, units::round);
    }

    @Bean
    Rounds tellingWindows(TellWindows windows) {
        return new Rounds("drop-windows", PAUSE, () -> {
            windows.round();
            return false;
        });
    }

    @Bean
    Rounds knowingOpenings(KnownDrops drops) {
        return new Rounds("drop-openings", STAYS_FRESH, () -> {
            drops.knowOpenings();
            return false;
        });
    }
}
