package io.openrun.user.mail;

import io.openrun.user.UserSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Shows the mails of the demonstration shop to whoever sits at the machine. */
@RestController
@ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
class InboxPage {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>&\"']+");

    private final LocalInbox inbox;
    private final String shop;

    InboxPage(LocalInbox inbox, UserSettings settings) {
        this.inbox = inbox;
        this.shop = settings.publicUrl().resolve("/").toString().replaceFirst("/$", "");
    }

    @GetMapping(path = "/dev/inbox", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page(
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language) {
        var words = Words.in(language);
        var mails = inbox.mails();
        var list = mails.isEmpty()
                ? "<p>" + words.text("inbox.empty") + "</p>"
                : mails.stream().map(mail -> html(mail, words)).collect(Collectors.joining("\n"));
        return Pages.answer(words, "inbox", "<p>" + words.text("inbox.hint") + "</p>\n" + list);
    }

    @GetMapping(path = "/dev/inbox", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, List<LocalInbox.Received>>> list() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Map.of("items", inbox.mails()));
    }

    private String html(LocalInbox.Received mail, Words words) {
        var text = LINK.matcher(HtmlUtils.htmlEscape(mail.text())).replaceAll(link -> anchor(link.group()));
        return """
                <article>
                <h2>%s</h2>
                <p class="meta">%s, <time>%s</time></p>
                <pre>%s</pre>
                </article>""".formatted(
                        HtmlUtils.htmlEscape(mail.subject()),
                        HtmlUtils.htmlEscape(words.text("inbox.to", mail.to())),
                        mail.at(),
                        text.strip());
    }

    /** Leads to this shop by the address that the reader came by: on a phone it is another one than in the mail. */
    private String anchor(String link) {
        var address = link.startsWith(shop + "/") ? link.substring(shop.length()) : link;
        return Matcher.quoteReplacement("<a href=\"" + address + "\">" + link + "</a>");
    }
}
