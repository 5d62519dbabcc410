package io.openrun.user.mail;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The few pages this service shows by itself: plain HTML, no scripts. */
public final class Pages {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private Pages() {}

    /** A page; both texts are HTML already. */
    public static ResponseEntity<String> answer(String title, String body) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
                .body("""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>%s · Openrun</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
            article { border-top: 1px solid #8886; padding: .5rem 0; }
            h2 { font-size: 1.05rem; margin: .5rem 0 0; }
            .meta { color: #888; margin: 0; font-size: .9rem; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
            button { font: inherit; padding: .5rem 1rem; cursor: pointer; }
            </style>
            </head>
            <body>
            %s
            </body>
            </html>
            """.formatted(title, body));
    }
}
