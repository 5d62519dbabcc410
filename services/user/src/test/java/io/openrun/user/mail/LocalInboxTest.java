package io.openrun.user.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mail.SimpleMailMessage;

class LocalInboxTest {

    @Test
    void isEmptiedWhenSomebodyHasSeenMoreThanAThousandMails() {
        var inbox = LocalInbox.open(true);
        try {
            send(inbox, 1_000);
            assertThat(inbox.mails()).hasSize(1_000);
            assertThat(inbox.mails()).hasSize(1_000);

            send(inbox, 1);
            assertThat(inbox.mails()).hasSize(1_001);
            assertThat(inbox.mails()).isEmpty();
        } finally {
            inbox.destroy();
        }
    }

    private static void send(LocalInbox inbox, int count) {
        var settings = new MailSettings("", "Shop <shop@example.org>", Duration.ofSeconds(20), 1);
        MailConfiguration.sender("smtp://127.0.0.1:" + inbox.port(), settings)
                .send(IntStream.range(0, count).mapToObj(i -> mail()).toArray(SimpleMailMessage[]::new));
    }

    private static SimpleMailMessage mail() {
        var mail = new SimpleMailMessage();
        mail.setFrom("shop@example.org");
        mail.setTo("somebody@example.org");
        mail.setSubject("Hello");
        mail.setText("Hello");
        return mail;
    }
}
