package io.openrun.user.mail;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Shows the mails of the demonstration shop to whoever sits at the machine. */
@RestController
@ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
class InboxPage {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>&\"']+");

    private final LocalInbox inbox;

    InboxPage(LocalInbox inbox) {
        this.inbox = inbox;
    }

    @GetMapping(path = "/dev/inbox", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page() {
        var mails = inbox.mails();
        var list = mails.isEmpty()
                ? "<p>No mail yet. Sign up, and the verification mail appears here.</p>"
                : mails.stream().map(InboxPage::html).collect(Collectors.joining("\n"));
        return Pages.answer("Inbox", "<h1>Inbox</h1>\n<p>Every mail this shop has sent, newest first.</p>\n" + list);
    }

    @GetMapping(path = "/dev/inbox", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, List<LocalInbox.Received>>> list() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Map.of("items", inbox.mails()));
    }

    private static String html(LocalInbox.Received mail) {
        var text = LINK.matcher(HtmlUtils.htmlEscape(mail.text())).replaceAll("<a href=\"$0\">$0</a>");
        return """
                <article>
                <h2>%s</h2>
                <p class="meta">to %s, <time>%s</time></p>
                <pre>%s</pre>
                </article>""".formatted(
                        HtmlUtils.htmlEscape(mail.subject()), HtmlUtils.htmlEscape(mail.to()), mail.at(), text.strip());
    }
}
