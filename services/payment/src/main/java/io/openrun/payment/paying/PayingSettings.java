package io.openrun.payment.paying;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long to wait for what.
 *
 * @param confirmWait how long a confirmation waits for another one of the same payment before it answers PENDING
 * @param attendPendingAfter when a payment that is still pending is looked after; over the card network's time limit
 * @param attendEvery how often to look for payments that need it
 * @param attendRetry when to look again at one that could not be finished
 * @param attendAtOnce how many are looked after at the same time, per instance
 */
@Validated
@ConfigurationProperties("openrun.payment.paying")
record PayingSettings(
        @DefaultValue("2s") Duration confirmWait,
        @DefaultValue("3s") Duration attendPendingAfter,
        @DefaultValue("500ms") Duration attendEvery,
        @DefaultValue("5s") Duration attendRetry,
        @DefaultValue("16") @Min(1) @Max(64) int attendAtOnce) {}
