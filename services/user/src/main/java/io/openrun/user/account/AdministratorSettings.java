package io.openrun.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator of a shop that is not the demonstration.
 *
 * @param email empty where nobody is to be one
 * @param password of their account when it is opened, as long as a shopper's may be
 */
@ConfigurationProperties("openrun.user.admin")
record AdministratorSettings(
        @DefaultValue("") String email, @DefaultValue("") String password) {

    AdministratorSettings {
        if (!email.isBlank()) {
            if (!EmailAddress.isAddress(email)) {
                throw new IllegalArgumentException("OPENRUN_ADMIN_EMAIL is not an e-mail address");
            }
            if (password.length() < PasswordHashing.MIN_CHARS || password.length() > PasswordHashing.MAX_CHARS) {
                throw new IllegalArgumentException("OPENRUN_ADMIN_PASSWORD must have %d to %d characters"
                        .formatted(PasswordHashing.MIN_CHARS, PasswordHashing.MAX_CHARS));
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
