package io.openrun.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.contention.Contestant;
import io.openrun.lab.report.Snippets.Snippet;
import io.openrun.lab.strategies.LabStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnippetsTest {

    private static final Path PROJECT = Path.of("..");
    private static final int MOST_LINES = 22;
    private static final Pattern STATEMENT = Pattern.compile(
            "(?i)^(select \\S+|update \\S*stock|delete from |insert into |copy \\S+)|FOR UPDATE|redis\\.call\\(");

    static Stream<String> contestants() {
        return Stream.concat(
                Arrays.stream(LabStrategy.values()).map(LabStrategy::title),
                Contestant.ofSeveralRows().stream().map(Contestant::title));
    }

    @ParameterizedTest
    @MethodSource("contestants")
    void whatIsQuotedIsInTheSource(String contestant) throws IOException {
        for (Snippet snippet :
                Snippets.of(contestant).stream().filter(one -> !one.sent()).toList()) {
            List<String> source = stripped(Files.readAllLines(PROJECT.resolve(snippet.source())));
            int from = 0;
            for (List<String> passage : passages(snippet.lines())) {
                int found = Collections.indexOfSubList(source.subList(from, source.size()), passage);
                assertThat(found)
                        .as("where %s has %s", snippet.source(), passage)
                        .isNotNegative();
                from += found + passage.size();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contestants")
    void eachIsQuotedInAFewLines(String contestant) {
        assertThat(Snippets.of(contestant).stream()
                        .mapToInt(snippet -> snippet.lines().size())
                        .sum())
                .isBetween(1, MOST_LINES);
    }

    @ParameterizedTest
    @MethodSource("contestants")
    void eachShowsTheSqlOrLuaThatItRuns(String contestant) {
        assertThat(Snippets.of(contestant).stream().flatMap(snippet -> snippet.lines().stream()))
                .as("SQL or Lua of " + contestant)
                .anyMatch(line -> STATEMENT.matcher(line.strip()).find());
    }

    private static List<List<String>> passages(List<String> lines) {
        List<List<String>> passages = new ArrayList<>();
        passages.add(new ArrayList<>());
        for (String line : stripped(lines)) {
            if (line.equals(Snippets.LEFT_OUT)) {
                passages.add(new ArrayList<>());
            } else {
                passages.getLast().add(line);
            }
        }
        return passages;
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }
}
