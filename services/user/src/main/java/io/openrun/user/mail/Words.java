package io.openrun.user.mail;

import io.openrun.platform.problem.Problems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What the mails and the few pages of this service say, in the reader's language: {@code words.properties}. */
public record Words(Locale language) {

    private static final ResourceBundleMessageSource TEXTS = texts();

    /** The words in the best of our languages for an {@code Accept-Language} header. */
    public static Words in(@Nullable String acceptLanguage) {
        return new Words(Problems.language(acceptLanguage));
    }

    /** The words for a key, with {@code {0}} and so on filled in. */
    public String text(String key, Object... values) {
        return TEXTS.getMessage(key, values, language);
    }

    private static ResourceBundleMessageSource texts() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("io/openrun/user/mail/words");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        texts.setAlwaysUseMessageFormat(true);
        return texts;
    }
}
