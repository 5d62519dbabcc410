package io.openrun.user.mail;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mail leaves.
 *
 * @param smtpUrl {@code smtp://user:password@host:587} or {@code smtps://…}; empty in development, where mail stays in
 *     a local inbox
 * @param from who it comes from
 * @param timeout how long the mail server may take
 * @param maxWaiting so many mails wait to be sent; one more is dropped, and may be asked for again
 */
@Validated
@ConfigurationProperties("openrun.user.mail")
public record MailSettings(
        @DefaultValue("") String smtpUrl,

        @DefaultValue("Openrun <no-reply@openrun.local>") @NotBlank
        String from,

        @DefaultValue("10s") Duration timeout,
        @DefaultValue("1000") @Min(1) int maxWaiting) {

    /** Whether mail stays here. */
    public boolean isLocal() {
        return smtpUrl.isBlank();
    }

    /** Says nothing secret, for logs. */
    @Override
    public String toString() {
        return "MailSettings[from=" + from + "]";
    }
}
