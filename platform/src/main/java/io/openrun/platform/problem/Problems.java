package io.openrun.platform.problem;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.util.StringUtils;

/** Puts a {@link Problem} into words and bytes: English by default, Korean where it is asked for. */
public final class Problems {

    /** The languages there are; the first is the default. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

    /** Reads the messages from the class path. */
    public Problems() {
        messages.setBasename("problems");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
    }

    /** The best of our languages for an {@code Accept-Language} header. */
    public static Locale language(@Nullable String acceptLanguage) {
        if (!StringUtils.hasText(acceptLanguage)) {
            return LANGUAGES.getFirst();
        }
        try {
            var match = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return match == null ? LANGUAGES.getFirst() : match;
        } catch (IllegalArgumentException unreadable) {
            return LANGUAGES.getFirst();
        }
    }

    /** The problem's members in the order of RFC 9457, ready to be written as JSON. */
    public Map<String, Object> members(Problem problem, Locale language, @Nullable String path) {
        var members = new LinkedHashMap<String, Object>();
        members.put(
                "type",
                URI.create("urn:openrun:problem:" + slug(problem.code())).toString());
        members.put("title", text(problem.code() + ".title", titleOf(problem.code()), List.of(), language));
        members.put("status", problem.status());
        members.put("detail", text(problem.code(), titleOf(problem.code()), problem.arguments(), language));
        if (path != null) {
            members.put("instance", path);
        }
        members.put("code", problem.code());
        members.putAll(problem.extra());
        return members;
    }

    /** The whole HTTP answer. */
    public ResponseEntity<Object> answer(Problem problem, Locale language, @Nullable String path) {
        BodyBuilder answer = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        answer.header(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag());
        if (problem.extra().get("retryAfterMs") instanceof Long millis) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, (millis + 999) / 1000)));
        }
        return answer.body(members(problem, language, path));
    }

    /** What a broken constraint says of its field: {@code field.} and the constraint's name, or else its own words. */
    String fieldMessage(MessageSourceResolvable error, Locale language) {
        var otherwise = Objects.requireNonNullElse(error.getDefaultMessage(), "is invalid");
        var codes = error.getCodes();
        if (codes == null || codes.length == 0) {
            return otherwise;
        }
        var arguments = Objects.requireNonNullElse(error.getArguments(), new Object[0]);
        return text("field." + codes[codes.length - 1], otherwise, List.of(arguments), language);
    }

    private String text(String key, String otherwise, List<Object> arguments, Locale language) {
        var text = messages.getMessage(key, arguments.toArray(), otherwise, language);
        return text == null ? otherwise : text;
    }

    private static String slug(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String titleOf(String code) {
        return StringUtils.capitalize(code.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
