package io.openrun.user;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the user service must be told and what it may be told.
 *
 * @param signingKeyFile the EC P-256 private key (PKCS#8 PEM) that signs access tokens
 * @param dataKey the AES-256 key of personal data, in base64
 * @param publicUrl where people reach the shop; links in mails begin with it
 * @param accessTokenLife how long an access token is good
 * @param sessionLife how long a session lasts that nobody refreshes
 * @param maxSessionsPerAccount one login more ends the oldest session
 * @param verificationLife how long the link in a verification mail is good
 * @param maxVerificationsPerAccount further sign-ups with an unverified e-mail send no mail until one has expired
 * @param maxLoginFailures so many failed logins with one e-mail, and further ones are refused for a while
 * @param loginFailureWindow how long that while is, from the first failure on
 */
@Validated
@ConfigurationProperties("openrun.user")
public record UserSettings(
        @NotNull Path signingKeyFile,
        @NotBlank String dataKey,
        @NotNull URI publicUrl,
        @DefaultValue("15m") Duration accessTokenLife,
        @DefaultValue("14d") Duration sessionLife,
        @DefaultValue("50") @Min(1) @Max(1000) int maxSessionsPerAccount,
        @DefaultValue("24h") Duration verificationLife,
        @DefaultValue("5") @Min(1) @Max(100) int maxVerificationsPerAccount,
        @DefaultValue("10") @Min(1) int maxLoginFailures,
        @DefaultValue("5m") Duration loginFailureWindow) {

    /** Says nothing secret, for logs. */
    @Override
    public String toString() {
        return "UserSettings[…]";
    }
}
