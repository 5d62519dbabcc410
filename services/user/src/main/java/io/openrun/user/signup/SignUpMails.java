package io.openrun.user.signup;

import io.openrun.user.UserSettings;
import io.openrun.user.account.SecretToken;
import io.openrun.user.mail.Mail;
import java.net.URI;
import org.springframework.stereotype.Component;

/** What people read in their inbox when somebody signs up with their address. */
@Component
class SignUpMails {

    private final URI publicUrl;
    private final long hours;

    SignUpMails(UserSettings settings) {
        this.publicUrl = settings.publicUrl();
        this.hours = settings.verificationLife().toHours();
    }

    Mail verification(String to, SecretToken token) {
        return new Mail(to, "Verify your e-mail", """
                Welcome to Openrun.

                Open this link to verify your e-mail address. It is good for %d hours:

                %s?token=%s

                If it was not you who signed up, do nothing: without the link there is no account.
                """.formatted(hours, publicUrl.resolve("/verify"), token.text()));
    }

    Mail alreadyKnown(String to) {
        return new Mail(to, "You already have an account", """
                Somebody, perhaps you, has just tried to sign up at Openrun with this address.

                You have an account already, and nothing about it has changed. Sign in with your password:

                %s

                If it was not you, do nothing.
                """.formatted(publicUrl.resolve("/")));
    }
}
