package io.openrun.user.signup;

import io.openrun.user.UserSettings;
import io.openrun.user.account.SecretToken;
import io.openrun.user.mail.Mail;
import io.openrun.user.mail.Words;
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

    Mail verification(String to, SecretToken token, Words words) {
        var link = publicUrl.resolve("/verify") + "?token=" + token.text();
        return new Mail(to, words.text("verification.subject"), words.text("verification.mail", hours, link));
    }

    Mail alreadyKnown(String to, Words words) {
        return new Mail(to, words.text("known.subject"), words.text("known.mail", publicUrl.resolve("/")));
    }
}
