package io.openrun.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void speaksTheCallersLanguageAndEnglishOtherwise() {
        assertThat(Problems.language("ko-KR,ko;q=0.9,en;q=0.5")).isEqualTo(Locale.KOREAN);
        assertThat(Problems.language("fr, en;q=0.3")).isEqualTo(Locale.ENGLISH);
        assertThat(Problems.language("de")).isEqualTo(Locale.ENGLISH);
        assertThat(Problems.language(null)).isEqualTo(Locale.ENGLISH);
        assertThat(Problems.language(";;;garbage=")).isEqualTo(Locale.ENGLISH);
        assertThat(problems.members(Problem.conflict("SOLD_OUT"), Locale.KOREAN, null))
                .containsEntry("detail", "품절되었습니다.");
    }

    @Test
    void fillsTheMessageAndKeepsWhatElseHelps() {
        var problem = Problem.conflict("PURCHASE_LIMIT_REACHED", 2, 2).with("limit", 2);

        var members = problems.members(problem, Locale.ENGLISH, "/api/v1/drops/x/purchases");

        assertThat(members)
                .containsEntry("status", 409)
                .containsEntry("code", "PURCHASE_LIMIT_REACHED")
                .containsEntry("detail", "At most 2 per person; you already have 2.")
                .containsEntry("instance", "/api/v1/drops/x/purchases")
                .containsEntry("limit", 2)
                .containsKeys("type", "title");
    }

    @Test
    void roundsRetryAfterUpToWholeSeconds() {
        var answer = problems.answer(Problem.busy(429, Duration.ofMillis(1001)), Locale.ENGLISH, "/");

        assertThat(answer.getStatusCode().value()).isEqualTo(429);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("2");
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void saysEverythingInBothLanguages() throws IOException {
        assertThat(read("/problems_ko.properties").stringPropertyNames())
                .isEqualTo(read("/problems.properties").stringPropertyNames())
                .hasSizeGreaterThan(30);
    }

    private static Properties read(String resource) throws IOException {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(ProblemsTest.class.getResourceAsStream(resource))) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
