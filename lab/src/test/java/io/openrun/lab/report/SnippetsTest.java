package io.openrun.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.report.Snippets.Snippet;
import io.openrun.lab.strategies.LabStrategy;
import io.openrun.lab.strategies.LabStrategy.Form;
import io.openrun.stock.StockLedgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnippetsTest {

    private static final Path PROJECT = Path.of("..");

    @ParameterizedTest
    @EnumSource
    void whatIsQuotedIsInTheSource(LabStrategy strategy) throws IOException {
        for (Snippet snippet : Snippets.of(strategy.title())) {
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

    @Test
    void everyStrategyThatCanBeOpenedIsQuoted() {
        assertThat(LabStrategy.values())
                .filteredOn(strategy -> strategy.form() != Form.ENGINE || StockLedgers.NAMES.contains(strategy.title()))
                .allSatisfy(
                        strategy -> assertThat(Snippets.of(strategy.title())).isNotEmpty());
    }

    @Test
    void aQuotationIsShortEnoughToBeRead() {
        assertThat(LabStrategy.values()).allSatisfy(strategy -> assertThat(Snippets.of(strategy.title()).stream()
                        .mapToInt(snippet -> snippet.lines().size())
                        .sum())
                .isLessThanOrEqualTo(20));
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
        return Arrays.asList(lines.stream().map(String::strip).toArray(String[]::new));
    }
}
