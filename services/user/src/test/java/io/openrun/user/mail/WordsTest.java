package io.openrun.user.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void saysEverythingInBothLanguages() throws IOException {
        assertThat(read("words_ko.properties").stringPropertyNames())
                .isEqualTo(read("words.properties").stringPropertyNames())
                .hasSizeGreaterThan(10);
    }

    @Test
    void speaksEnglishToWhomItDoesNotUnderstand() {
        assertThat(Words.in("fr").text("inbox.to", "x@example.org")).isEqualTo("to x@example.org");
        assertThat(Words.in(null).text("verified")).isEqualTo("Verified");
        assertThat(Words.in("ko").text("verified")).isEqualTo("인증되었습니다");
    }

    private static Properties read(String resource) throws IOException {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(Words.class.getResourceAsStream(resource))) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
