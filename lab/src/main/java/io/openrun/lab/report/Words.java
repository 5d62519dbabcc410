package io.openrun.lab.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** The report's texts in one language. {@code `code`} in them is set as code. */
final class Words {

    private final Language language;
    private final Properties texts;

    private Words(Language language, Properties texts) {
        this.language = language;
        this.texts = texts;
    }

    static Words in(Language language) {
        Properties texts = new Properties();
        for (String file : new String[] {"page", "strategies"}) {
            try {
                texts.load(new StringReader(Resources.get(file + "." + language.code() + ".properties")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Words(language, texts);
    }

    Language language() {
        return language;
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** The text, with {@code {0}} and so on replaced. */
    String get(String key, Object... arguments) {
        return find(key, arguments).orElseThrow(() -> new IllegalStateException("no text for " + key));
    }

    Optional<String> find(String key, Object... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            return Optional.empty();
        }
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            filled.append(text, from, open).append(arguments[Integer.parseInt(text.substring(open + 1, close))]);
            from = close + 1;
        }
        return Optional.of(filled.append(text.substring(from)).toString());
    }

    /** A name out of the data, set as code. */
    static String code(String name) {
        return "`" + name.replace('`', '\'') + "`";
    }
}
