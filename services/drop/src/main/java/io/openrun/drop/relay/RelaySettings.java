package io.openrun.drop.relay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the hold log is relayed.
 *
 * @param maxBatch most holds read and sent at once
 * @param gather least time between two looks at the log, so that a steady trickle of sales travels in small batches
 * @param poll how long sales of other instances may go unnoticed
 * @param yieldAboveHoldsPerSecond above this rate, on busy processors, the relay leaves the machine to the sale
 * @param yieldAboveCpu how busy the machine's processors must be for that, from 0 to 1
 * @param trickle most holds relayed at once while yielding
 * @param trickleEvery the pause between them
 * @param maxLag the relay no longer yields once the oldest hold it has not sent is this old
 */
@Validated
@ConfigurationProperties("openrun.drop.relay")
record RelaySettings(
        @DefaultValue("2000") @Min(1) @Max(10_000) int maxBatch,
        @DefaultValue("30ms") @NotNull Duration gather,
        @DefaultValue("100ms") @NotNull Duration poll,
        @DefaultValue("8000") @Min(1) int yieldAboveHoldsPerSecond,
        @DefaultValue("0.85") double yieldAboveCpu,
        @DefaultValue("100") @Min(1) @Max(10_000) int trickle,
        @DefaultValue("100ms") @NotNull Duration trickleEvery,
        @DefaultValue("30s") @NotNull Duration maxLag) {}
