package io.openrun.user.signup;

import io.openrun.user.account.SecretToken;
import io.openrun.user.mail.Pages;
import io.openrun.user.mail.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * Where the link in a verification mail leads. Opening it only shows a button: programs that look into mails open
 * links too, and must not verify anything.
 */
@RestController
class VerificationPage {

    private final VerifyEmail verifyEmail;

    VerificationPage(VerifyEmail verifyEmail) {
        this.verifyEmail = verifyEmail;
    }

    @GetMapping(path = "/verify", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> ask(
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language,
            @RequestParam(defaultValue = "") String token) {
        var words = Words.in(language);
        return Pages.answer(words, "verify", """
                <p>%s</p>
                <form method="post" action="/verify">
                <input type="hidden" name="token" value="%s">
                <button>%s</button>
                </form>""".formatted(
                        words.text("verify.hint"), HtmlUtils.htmlEscape(token), words.text("verify.button")));
    }

    @PostMapping(
            path = "/verify",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> verify(
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language,
            @RequestParam(defaultValue = "") String token) {
        var words = Words.in(language);
        var result = token.length() > SecretToken.MAX_CHARS
                ? VerifyEmail.Result.INVALID
                : verifyEmail.verify(new SecretToken(token));
        return switch (result) {
            case VERIFIED -> Pages.answer(words, "verified", next(words, "verified", "/#sign-in"));
            case INVALID -> Pages.answer(words, "invalid", next(words, "invalid", "/"));
        };
    }

    private static String next(Words words, String what, String address) {
        return """
                <p>%s</p>
                <p><a class="button" href="%s">%s</a></p>""".formatted(words.text(what + ".hint"), address, words.text(what + ".link"));
    }
}
