package io.openrun.platform.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path that is asked with a method it does not have says which it has. */
class AllowedMethodsTest extends TwoServicesShop {

    @ParameterizedTest
    @CsvSource({
        "FOO, /api/v1/things, 'GET,POST'",
        "FOO, /api/v1/mine, GET",
        "PROPFIND, /search, GET",
        "PUT, /search, GET",
        "DELETE, /orders, POST",
    })
    void namesTheMethodsOfAPathThatIsAskedWithAnother(String method, String path, String allowed) throws IOException {
        var answer = raw(method + " " + path, "", "");

        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .contains("application/problem+json", "\"code\":\"METHOD_NOT_ALLOWED\"");
        assertThat(allowIn(answer)).containsExactlyInAnyOrder(allowed.split(","));
    }

    @Test
    void tellsWhoAsksWhichMethodsAPathHas() throws IOException {
        var answer = raw("OPTIONS /api/v1/mine", "", "");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(allowIn(answer)).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
    }

    @Test
    void traceIsNotAmongTheMethodsThatTomcatNames() throws IOException {
        assertThat(allowIn(raw("TRACE /api/v1/mine", "", ""))).contains("GET").doesNotContain("TRACE");
    }

    private static List<String> allowIn(String answer) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, "Allow:", 0, 6))
                .flatMap(line -> Stream.of(line.substring(6).split(",")))
                .map(String::strip)
                .toList();
    }
}
