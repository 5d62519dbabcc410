package io.openrun.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Object[] ANYTHING = {"{0}", "{1}", "{2}", "{3}", "{4}", "{5}", "{6}", "{7}", "{8}", "{9}"};

    private final Words english = Words.in(Language.ENGLISH);
    private final Words korean = Words.in(Language.KOREAN);

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(new TreeSet<>(korean.keys())).isEqualTo(new TreeSet<>(english.keys()));
    }

    @Test
    void bothLanguagesPutTheSameFiguresIntoASentence() {
        assertThat(english.keys())
                .allSatisfy(key -> assertThat(places(korean, key)).as(key).isEqualTo(places(english, key)));
    }

    @Test
    void everyTextSaysSomething() {
        assertThat(english.keys()).allSatisfy(key -> {
            assertThat(english.get(key, ANYTHING)).isNotBlank();
            assertThat(korean.get(key, ANYTHING)).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("io.openrun.lab.report.SnippetsTest#contestants")
    void everyStrategyIsExplainedInBothLanguages(String strategy) {
        for (Language language : Language.values()) {
            for (String part : List.of("what", "right", "wrong")) {
                assertThat(Words.in(language).find("strategy." + strategy + "." + part))
                        .isPresent();
            }
            assertThat(Sequence.of(strategy, language)).isPresent();
        }
    }

    private static Set<String> places(Words words, String key) {
        return new TreeSet<>(PLACE.matcher(words.get(key, ANYTHING))
                .results()
                .map(MatchResult::group)
                .toList());
    }
}
