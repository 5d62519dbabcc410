package io.openrun.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator of a shop that is not the demonstration.
 *
 * @param email empty where nobody is to be one
 * @param password of their account when it is opened, {@value #MIN_CHARS} to {@value #MAX_CHARS} characters
 */
@ConfigurationProperties("openrun.user.admin")
record AdministratorSettings(
        @DefaultValue("") String email, @DefaultValue("") String password) {

    static final int MIN_CHARS = 8;
    static final int MAX_CHARS = 128;

    AdministratorSettings {
        if (!email.isBlank()) {
            if (!EmailAddress.isAddress(email)) {
                throw new IllegalArgumentException("OPENRUN_ADMIN_EMAIL is not an e-mail address");
            }
            if (password.length() < MIN_CHARS || password.length() > MAX_CHARS) {
                throw new IllegalArgumentException(
                        "OPENRUN_ADMIN_PASSWORD must have %d to %d characters".formatted(MIN_CHARS, MAX_CHARS));
            }
        }
    }

    boolean isNobody() {
        return email.isBlank();
    }

    EmailAddress address() {
        return EmailAddress.of(email);
    }

    /** Says nothing secret, for logs. */
    @Override
    public String toString() {
        return "AdministratorSettings[…]";
    }
}
