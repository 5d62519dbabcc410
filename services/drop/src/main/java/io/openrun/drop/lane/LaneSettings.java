package io.openrun.drop.lane;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The fast lane's bounds.
 *
 * @param publicUrl where browsers reach the lane, or null for the host they asked and the lane's own port
 * @param eventLoops threads that read and write, 0 for one per processor
 * @param backlog connections the kernel accepts before the lane does
 * @param maxConnections open at a time; one more is closed at once
 * @param maxInFlight requests of one connection being answered; more are left unread
 * @param maxRequestLineBytes longer: 414
 * @param maxHeaderBytes longer: 431
 * @param maxBodyBytes longer: 413
 * @param requestTimeout a request must have arrived this long after its first byte
 * @param idleTimeout an idle connection is closed after
 * @param writeTimeout a client that does not read its answers is cut after
 * @param lingerTimeout how long the rest of a refused request is read, so that its sender sees the refusal
 * @param drainTimeout how long stopping waits for answers under way
 * @param drainLinger how long stopping leaves idle connections open for requests that are on their way
 */
@Validated
@ConfigurationProperties("openrun.drop.lane")
public record LaneSettings(
        @Nullable String publicUrl,
        @DefaultValue("0") @Min(0) @Max(256) int eventLoops,
        @DefaultValue("4096") @Min(1) int backlog,
        @DefaultValue("20000") @Min(1) int maxConnections,
        @DefaultValue("16") @Min(1) @Max(1024) int maxInFlight,
        @DefaultValue("1024") @Min(64) int maxRequestLineBytes,
        @DefaultValue("8192") @Min(256) int maxHeaderBytes,
        @DefaultValue("1024") @Min(16) int maxBodyBytes,
        @DefaultValue("5s") @NotNull Duration requestTimeout,
        @DefaultValue("75s") @NotNull Duration idleTimeout,
        @DefaultValue("10s") @NotNull Duration writeTimeout,
        @DefaultValue("2s") @NotNull Duration lingerTimeout,
        @DefaultValue("15s") @NotNull Duration drainTimeout,
        @DefaultValue("300ms") @NotNull Duration drainLinger) {}
