package io.openrun.user.mail;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The few pages this service shows by itself: plain HTML, no scripts. */
public final class Pages {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private Pages() {}

    /** A page in the words' language under the title of that key; the body is HTML already. */
    public static ResponseEntity<String> answer(Words words, String title, String body) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_LANGUAGE, words.language().toLanguageTag())
                .varyBy(HttpHeaders.ACCEPT_LANGUAGE)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
                .body("""
            <!doctype html>
            <html lang="%1$s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>%2$s · Openrun</title>
            <style>
            :root { color-scheme: light dark; --paper: #f7f4ee; --ink: #201d1a; --soft: #6f6860; --line: #e5dfd4; --accent: #c4421a; --on-accent: #fffaf5; }
            @media (prefers-color-scheme: dark) { :root { --paper: #141316; --ink: #f0ebe4; --soft: #a39b92; --line: #322f36; --accent: #ff8a5b; --on-accent: #25120a; } }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; background: var(--paper); color: var(--ink); word-break: keep-all; }
            a { color: var(--accent); }
            article { border-top: 1px solid var(--line); padding: .5rem 0; }
            h2 { font-size: 1.05rem; margin: .5rem 0 0; }
            .meta { color: var(--soft); margin: 0; font-size: .9rem; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
            button, .button { display: inline-block; font: inherit; font-weight: 600; border: 0; border-radius: 12px; padding: .7rem 1.2rem; background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer; }
            :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
            </style>
            </head>
            <body>
            <h1>%2$s</h1>
            %3$s
            </body>
            </html>
            """.formatted(words.language().toLanguageTag(), words.text(title), body));
    }
}
