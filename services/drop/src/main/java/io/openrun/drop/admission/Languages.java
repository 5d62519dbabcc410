package io.openrun.drop.admission;

import io.openrun.platform.problem.Problems;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which language to answer in; browsers send the same few headers over and over, so the choice is remembered. */
public final class Languages {

    private static final int MAX_REMEMBERED = 200;

    private final Map<String, Locale> chosen = new ConcurrentHashMap<>();

    /** Same as {@link Problems#language}, at the cost of a look-up. */
    public Locale of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return Problems.LANGUAGES.getFirst();
        }
        var remembered = chosen.get(acceptLanguage);
        if (remembered != null) {
            return remembered;
        }
        var language = Problems.language(acceptLanguage);
        if (chosen.size() < MAX_REMEMBERED) {
            chosen.put(acceptLanguage, language);
        }
        return language;
    }
}
