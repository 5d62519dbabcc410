package io.openrun.user.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;

/** A mail server that delivers nothing and shows everything. For development only. */
final class LocalInbox implements DisposableBean {

    /** The inbox is emptied when it has more. */
    private static final int MAX_MAILS = 1_000;

    private final GreenMail server;

    private LocalInbox(GreenMail server) {
        this.server = server;
    }

    /** A mail as it arrived. */
    record Received(String to, String subject, String text, Instant at) {}

    /** Opens an inbox; without {@code serving} it stays empty, because mail goes elsewhere. */
    static LocalInbox open(boolean serving) {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        var server = new GreenMail(setup);
        if (serving) {
            server.start();
        }
        return new LocalInbox(server);
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** The mails, newest first. */
    synchronized List<Received> mails() {
        var messages = server.getReceivedMessages();
        var mails =
                new ArrayList<>(Arrays.stream(messages).map(LocalInbox::read).toList());
        // A mail's time has whole seconds; among those of one second the later arrival is the newer one.
        Collections.reverse(mails);
        mails.sort(Comparator.comparing(Received::at).reversed());
        if (messages.length > MAX_MAILS) {
            empty();
        }
        return mails;
    }

    private void empty() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (com.icegreen.greenmail.store.FolderException e) {
            throw new IllegalStateException("cannot empty the inbox", e);
        }
    }

    private static Received read(MimeMessage message) {
        try {
            var to = message.getRecipients(Message.RecipientType.TO);
            var sent = message.getSentDate();
            return new Received(
                    to == null || to.length == 0 ? "" : to[0].toString(),
                    String.valueOf(message.getSubject()),
                    String.valueOf(message.getContent()),
                    sent == null ? Instant.EPOCH : sent.toInstant());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("cannot read a mail", e);
        }
    }

    @Override
    public void destroy() {
        server.stop();
    }
}
