package io.openrun.platform.security;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How access tokens are checked.
 *
 * @param jwksUrl where the user service gives out the keys that sign
 * @param jwksTimeout how long one reading of the keys may take
 * @param jwksRefreshInterval the least time between two readings, however many unknown keys are presented
 * @param jwksMaxAge when keys are read again without being asked for
 * @param tokenLife the longest life of a token; a revocation is remembered for as long
 * @param maxVerifiedTokens how many verified tokens are remembered, at about 80 bytes each
 * @param catchUpPatience how long readiness waits for the revocations of the past before it goes without
 */
@Validated
@ConfigurationProperties("openrun.security")
public record SecuritySettings(
        @NotNull URI jwksUrl,
        @DefaultValue("2s") Duration jwksTimeout,
        @DefaultValue("3s") Duration jwksRefreshInterval,
        @DefaultValue("10m") Duration jwksMaxAge,
        @DefaultValue("15m") Duration tokenLife,
        @DefaultValue("1048576") @Min(1024) int maxVerifiedTokens,
        @DefaultValue("10s") Duration catchUpPatience) {}
