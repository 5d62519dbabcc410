package io.openrun.user.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class PostTest {

    @Test
    void losesTheMailsOfAServerThatHangsUpAndSendsThoseThatFollow() throws Exception {
        GreenMail server;
        Post post;
        try (var broken = silent()) {
            post = post(broken.getLocalPort(), 10);
            post.send(mail("lost"));
            broken.accept().close();
            server = new GreenMail(smtp(broken.getLocalPort()));
        }
        server.start();
        try {
            post.send(mail("first"));
            post.send(mail("second"));

            await().until(() -> subjects(server).equals(List.of("first", "second")));
        } finally {
            post.destroy();
            server.stop();
        }
    }

    @Test
    void dropsWhatIsTooMuchWhileTheServerSaysNothing() throws Exception {
        var silent = silent();
        var server = new GreenMail(smtp(silent.getLocalPort()));
        var post = post(silent.getLocalPort(), 1);
        post.send(mail("under way"));
        try (var call = silent.accept()) {
            post.send(mail("waits"));
            post.send(mail("too much"));
            silent.close();
            server.start();
            assertThat(call.isConnected()).isTrue();
        }
        try {
            await().until(() -> subjects(server).equals(List.of("waits")));
            post.send(mail("later"));

            await().until(() -> subjects(server).size() > 1);
            assertThat(subjects(server)).containsExactly("waits", "later");
        } finally {
            post.destroy();
            server.stop();
        }
    }

    @Test
    void sendsWhatWaitsBeforeItStops() throws Exception {
        var inbox = LocalInbox.open(true);
        try {
            var post = post(inbox.port(), 10);
            for (int i = 0; i < 5; i++) {
                post.send(mail("mail " + i));
            }

            post.destroy();

            assertThat(inbox.mails()).hasSize(5);
        } finally {
            inbox.destroy();
        }
    }

    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static ServerSetup smtp(int port) {
        return new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    }

    private static Post post(int port, int maxWaiting) {
        var settings = new MailSettings(
                "smtp://127.0.0.1:" + port, "Shop <shop@example.org>", Duration.ofSeconds(20), maxWaiting);
        return new MailConfiguration()
                .userPost(settings, new StaticListableBeanFactory().getBeanProvider(LocalInbox.class));
    }

    private static Mail mail(String subject) {
        return new Mail("somebody@example.org", subject, "Hello");
    }

    private static List<String> subjects(GreenMail server) throws MessagingException {
        var subjects = new ArrayList<String>();
        for (var message : server.getReceivedMessages()) {
            subjects.add(message.getSubject());
        }
        return subjects;
    }
}
