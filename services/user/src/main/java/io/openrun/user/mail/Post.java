package io.openrun.user.mail;

import jakarta.mail.internet.MimeMessage;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Sends mail in the background, so that how long an answer takes does not tell whether a mail was sent.
 *
 * <p>At most once: a mail that is lost is asked for again by the person who misses it.
 */
public final class Post implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Post.class);

    private static final int DRAIN_SECONDS = 5;

    private final JavaMailSender sender;
    private final String from;
    private final ThreadPoolExecutor carrier;

    Post(JavaMailSender sender, MailSettings settings) {
        this.sender = sender;
        this.from = settings.from();
        this.carrier = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(settings.maxWaiting()),
                Thread.ofPlatform().name("mail").daemon().factory());
        this.carrier.allowCoreThreadTimeOut(true);
    }

    /** Sends the mail soon. */
    public void send(Mail mail) {
        try {
            carrier.execute(() -> deliver(mail));
        } catch (RejectedExecutionException full) {
            log.warn("too many mails are waiting; dropping {}", mail);
        }
    }

    private void deliver(Mail mail) {
        try {
            MimeMessage message = sender.createMimeMessage();
            var helper = new MimeMessageHelper(message, "UTF-8");
            helper.setFrom(from);
            helper.setTo(mail.to());
            helper.setSubject(mail.subject());
            helper.setText(mail.text());
            sender.send(message);
        } catch (MailException | jakarta.mail.MessagingException e) {
            log.warn("could not send {}: {}", mail, e.toString());
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        carrier.shutdown();
        if (!carrier.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            log.warn("{} mails have not been sent", carrier.shutdownNow().size());
        }
    }
}
