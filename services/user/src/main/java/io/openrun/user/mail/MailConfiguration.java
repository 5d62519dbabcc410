package io.openrun.user.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mail leaves by SMTP; in the demonstration shop the server is our own and keeps it. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    private static final Logger log = LoggerFactory.getLogger(MailConfiguration.class);

    /** Where a machine's own mail server listens by custom. */
    private static final String LOCAL_RELAY = "smtp://localhost:25";

    private static final int SUBMISSION_PORT = 587;
    private static final int SUBMISSIONS_PORT = 465;

    @Bean
    @ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
    LocalInbox localInbox(MailSettings settings) {
        return LocalInbox.open(settings.isLocal());
    }

    @Bean
    Post userPost(MailSettings settings, ObjectProvider<LocalInbox> inbox) {
        if (!settings.isLocal()) {
            return new Post(sender(settings.smtpUrl(), settings), settings);
        }
        var local = inbox.getIfAvailable();
        if (local == null) {
            log.warn(
                    "OPENRUN_SMTP_URL is not set: mails go to {}. Without a mail server there, nobody can verify"
                            + " their e-mail.",
                    LOCAL_RELAY);
        }
        var url = local == null ? LOCAL_RELAY : "smtp://127.0.0.1:" + local.port();
        return new Post(sender(url, settings), settings);
    }

    /** A sender for {@code smtp://user:password@host:587} or {@code smtps://…}; a login never leaves without TLS. */
    static JavaMailSenderImpl sender(String address, MailSettings settings) {
        var url = url(address);
        boolean tls = "smtps".equals(url.getScheme());
        var sender = new JavaMailSenderImpl();
        sender.setProtocol(url.getScheme());
        sender.setHost(url.getHost());
        sender.setPort(url.getPort() > 0 ? url.getPort() : tls ? SUBMISSIONS_PORT : SUBMISSION_PORT);
        var properties = sender.getJavaMailProperties();
        var prefix = "mail." + url.getScheme() + ".";
        for (var timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty(
                    prefix + timeout, Long.toString(settings.timeout().toMillis()));
        }
        var login = url.getRawUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            sender.setUsername(decode(colon < 0 ? login : login.substring(0, colon)));
            sender.setPassword(colon < 0 ? "" : decode(login.substring(colon + 1)));
            properties.setProperty(prefix + "auth", "true");
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", Boolean.toString(!tls));
        }
        return sender;
    }

    private static URI url(String address) {
        try {
            var url = new URI(address);
            if (url.getHost() != null && ("smtp".equals(url.getScheme()) || "smtps".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the address, and the password with it.
            log.debug("OPENRUN_SMTP_URL is no URL from its character {} on", e.getIndex());
        }
        throw new IllegalArgumentException("OPENRUN_SMTP_URL must look like smtp://user:password@host:587");
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
