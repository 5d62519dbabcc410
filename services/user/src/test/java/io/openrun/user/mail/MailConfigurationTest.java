package io.openrun.user.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MailConfigurationTest {

    private static final ObjectProvider<LocalInbox> NO_INBOX =
            new StaticListableBeanFactory().getBeanProvider(LocalInbox.class);

    private final MailConfiguration configuration = new MailConfiguration();

    private static MailSettings settings(String smtpUrl) {
        return new MailSettings(smtpUrl, "Shop <shop@example.org>", Duration.ofSeconds(5), 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.org:587",
                "http://user:secret@mail.example.org",
                "smtp:mail.example.org",
                "smtp://user:sec@ret@mail.example.org",
                "smtp://user:secret%@mail.example.org",
                "smtp://user:se cret@mail.example.org",
            })
    void refusesWhatIsNoMailServerAndDoesNotRepeatThePassword(String url, CapturedOutput output) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> configuration.userPost(settings(url), NO_INBOX))
                .withMessage("OPENRUN_SMTP_URL must look like smtp://user:password@host:587")
                .withNoCause();

        assertThat(output).doesNotContain("ret");
    }

    @Test
    void takesNameAndPasswordAsTheAddressSpellsThem() {
        var sender = MailConfiguration.sender("smtp://shop%40example.org:a+b%3A%C3%A9@mail.example.org", settings(""));

        assertThat(sender.getUsername()).isEqualTo("shop@example.org");
        assertThat(sender.getPassword()).isEqualTo("a+b:\u00e9");
        assertThat(sender.getHost()).isEqualTo("mail.example.org");
    }

    @Test
    void callsWhereMailIsHandedInUnlessToldOtherwise() {
        assertThat(MailConfiguration.sender("smtp://mail.example.org", settings(""))
                        .getPort())
                .isEqualTo(587);
        assertThat(MailConfiguration.sender("smtps://mail.example.org", settings(""))
                        .getPort())
                .isEqualTo(465);
        assertThat(MailConfiguration.sender("smtps://mail.example.org:2465", settings(""))
                        .getPort())
                .isEqualTo(2465);
    }

    @Test
    void givesItsPasswordToNoServerThatDoesNotEncrypt() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("shop", "secret");
        server.start();
        try {
            var address = "127.0.0.1:" + server.getSmtp().getPort();

            deliver("smtp://shop:secret@" + address);
            assertThat(server.getReceivedMessages()).isEmpty();

            deliver("smtp://" + address);
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void givesNothingToAServerWhoseCertificateNobodyVouchesFor() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.start();
        try {
            deliver("smtps://127.0.0.1:" + server.getSmtps().getPort());

            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void saysWhatIsMissingWhereNoMailServerIsNamed(CapturedOutput output) throws Exception {
        configuration.userPost(settings(""), NO_INBOX).destroy();

        assertThat(output).contains("OPENRUN_SMTP_URL is not set");
    }

    private void deliver(String smtpUrl) throws InterruptedException {
        var post = configuration.userPost(settings(smtpUrl), NO_INBOX);
        post.send(new Mail("somebody@example.org", "Hello", "Hello"));
        post.destroy();
    }
}
