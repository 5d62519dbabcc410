package io.openrun.user.signup;

import io.openrun.user.account.SecretToken;
import io.openrun.user.mail.Pages;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
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
    ResponseEntity<String> ask(@RequestParam(defaultValue = "") String token) {
        return Pages.answer("Verify your e-mail", """
                <h1>Verify your e-mail</h1>
                <form method="post" action="/verify">
                <input type="hidden" name="token" value="%s">
                <button>This is my address</button>
                </form>""".formatted(HtmlUtils.htmlEscape(token)));
    }

    @PostMapping(
            path = "/verify",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> verify(@RequestParam(defaultValue = "") String token) {
        return switch (token.length() > SecretToken.MAX_CHARS
                ? VerifyEmail.Result.INVALID
                : verifyEmail.verify(new SecretToken(token))) {
            case VERIFIED ->
                Pages.answer("Verified", "<h1>Verified</h1>\n<p>Your e-mail is verified. You can sign in now.</p>");
            case INVALID ->
                Pages.answer(
                        "Not verified",
                        "<h1>Not verified</h1>\n<p>This link is not valid, has been used or has expired."
                                + " Sign up again to get a new one.</p>");
        };
    }
}
