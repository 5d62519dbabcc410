package io.openrun.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.contention.LabResults;
import io.openrun.lab.contention.LabRun;
import io.openrun.lab.contention.Workload;
import io.openrun.lab.strategies.LabStrategy;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

class LabReportTest {

    /** Kept after the test, for looking at. */
    private static final Path SAMPLE = Path.of("target", "lab-report");

    private static final Path CANNED = Path.of("src/test/resources/io/openrun/lab/report/lab.json");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
    private static final Pattern UNESCAPED = Pattern.compile("(?<!\\\\)<script");

    @TempDir
    private Path folder;

    @Test
    void writesAPageAndAMarkdownFilePerLanguage() throws IOException {
        Path first = LabReport.write(SampleLab.whole(), SAMPLE);

        assertThat(first).isEqualTo(SAMPLE.resolve("index.html"));
        assertThat(List.of("index.html", "index.ko.html", "report.md", "report.ko.md"))
                .allSatisfy(file -> assertThat(SAMPLE.resolve(file)).isNotEmptyFile());
        assertThat(page(Language.KOREAN, SampleLab.whole())).contains("<html lang=\"ko\">", "href=\"index.html\"");
        assertThat(page(Language.ENGLISH, SampleLab.whole())).contains("<html lang=\"en\">", "href=\"index.ko.html\"");
    }

    /** Others look at the sample in a browser. */
    @Test
    void theCannedResultsAreTheSample() throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        Files.createDirectories(SAMPLE);
        Files.writeString(SAMPLE.resolve("lab.json"), mapper.writeValueAsString(SampleLab.whole()));

        assertThat(mapper.readTree(SAMPLE.resolve("lab.json")))
                .as("copy target/lab-report/lab.json to " + CANNED)
                .isEqualTo(mapper.readTree(CANNED));
    }

    @ParameterizedTest
    @EnumSource
    void everyNumberOfTheResultsIsInTheReport(Language language) {
        LabResults results = SampleLab.whole();
        String page = page(language, results);
        String markdown = markdown(language, results);

        List<String> numbers = results.runs().stream()
                .flatMap(run -> numbers(JsonMapper.shared().convertValue(run, Map.class)))
                .toList();
        assertThat(numbersIn(page)).containsAll(numbers);
        assertThat(numbersIn(markdown)).containsAll(numbers);
        assertThat(page).contains("424242", SampleLab.COMMAND, "7,777 MiB", "Sample OS 1.0", "18.99", "7.99");
        assertThat(markdown).contains("424242", SampleLab.COMMAND, "7,777 MiB", "18.99", "7.99");
    }

    @Test
    void aRunInWhichNobodyWasAnsweredShowsNoLatencyAndNoNumberIsShownInPowersOfTen() {
        LabRun run = SampleLab.run("unguarded", Workload.SUSTAINED, 1, 256, 0);
        ObjectNode changed = JsonMapper.shared().valueToTree(run);
        changed.put("databaseRoundTripsPerSale", 9.0E-4);
        changed.withObject("/latencyMillis").properties().forEach(part -> part.setValue(DoubleNode.valueOf(0)));
        LabRun silent = JsonMapper.shared().treeToValue(changed, LabRun.class);

        String page = markdown(Language.ENGLISH, SampleLab.of(List.of(silent)));

        assertThat(page).doesNotContain("E-4");
        assertThat(page.lines().filter(line -> line.contains("0.0009")))
                .isNotEmpty()
                .allMatch(line -> line.contains("–"));
    }

    private static Set<String> numbersIn(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Stream<String> numbers(Object value) {
        return switch (value) {
            case Map<?, ?> parts -> parts.values().stream().flatMap(LabReportTest::numbers);
            case Number number ->
                Stream.of(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString());
            default -> Stream.empty();
        };
    }

    @Test
    void saysWhoOversoldWhoIsFastestAndHowLate() {
        LabResults results = SampleLab.of(List.of(
                SampleLab.run("unguarded", Workload.SELL_OUT, 2, 256, 1_234),
                SampleLab.run("group-commit", Workload.SUSTAINED, 1, 256, 0),
                SampleLab.run("redis-lock", Workload.SUSTAINED, 1, 256, 0),
                SampleLab.run("unguarded", Workload.SUSTAINED, 1, 256, 0)));

        List<String> verdict = new Content(new Findings(results), Words.in(Language.ENGLISH))
                .verdict()
                .sentences();

        double fast = results.runs().get(1).soldPerSecond();
        double slow = results.runs().get(2).soldPerSecond();
        assertThat(verdict).hasSize(3);
        assertThat(verdict.get(0)).contains("`unguarded` by 1,234 units in 3 rounds (sell-out, 2 instances)");
        assertThat(verdict.get(1))
                .contains("`group-commit`", Figures.rounded(fast), Figures.times(fast / slow) + " times the next")
                .doesNotContain("unguarded");
        assertThat(verdict.get(2))
                .contains(
                        Figures.rounded(results.runs().get(1).latencyMillis().p99()),
                        Figures.rounded(results.runs().get(2).latencyMillis().p99()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 round only", "2, mean of 2 rounds", "3, median of 3 rounds"})
    void saysHowManyRoundsAFigureRestsOn(int rounds, String basis) {
        LabResults results = SampleLab.of(List.of(SampleLab.run("pessimistic", Workload.SUSTAINED, 1, 256, 0, rounds)));

        assertThat(page(Language.ENGLISH, results)).contains(basis + ".");
        assertThat(markdown(Language.ENGLISH, results)).contains(basis + ".");
    }

    @Test
    void warnsLoudlyWhenCommitsWereNotDurable() {
        LabResults results = SampleLab.of(SampleLab.runs(), SampleLab.COMMAND, "off");

        assertThat(page(Language.ENGLISH, results)).contains("role=\"alert\"", "These figures mean nothing");
        assertThat(markdown(Language.KOREAN, results)).contains("이 수치는 의미가 없습니다");
        assertThat(page(Language.ENGLISH, SampleLab.whole())).doesNotContain("role=\"alert\"");
    }

    @Test
    void saysSoWhenAStrategyBreaksItsPromise() {
        LabResults results = SampleLab.of(List.of(SampleLab.run("pessimistic", Workload.SELL_OUT, 1, 32, 1)));

        assertThat(page(Language.ENGLISH, results)).contains("A promise was broken: <code>pessimistic</code>");
    }

    @ParameterizedTest
    @EnumSource
    void aLaboratoryThatRanInPartSaysWhatWasNotRun(Workload only) {
        List<LabRun> runs = SampleLab.runs().stream()
                .filter(run ->
                        run.workload().equals(only.title()) && run.strategy().equals(LabStrategy.UNGUARDED.title()))
                .toList();

        assertThat(page(Language.ENGLISH, SampleLab.of(runs))).contains("Not run.", "group-commit");
        assertThat(markdown(Language.KOREAN, SampleLab.of(runs))).contains("실행하지 않았습니다.");
    }

    @Test
    void aLaboratoryThatDidNotRunAtAllIsStillAPage() {
        assertThat(page(Language.ENGLISH, SampleLab.of(List.of()))).contains("Not run.");
        assertThat(markdown(Language.ENGLISH, SampleLab.of(List.of()))).contains("Not run.");
    }

    @Test
    void whatComesFromTheDataIsNeverMarkup() {
        String hostile = "<script>alert(1)</script>\"'`|&";
        LabResults results = SampleLab.of(
                List.of(
                        SampleLab.run(hostile, Workload.SUSTAINED, 1, 1, 3),
                        SampleLab.run(hostile, Workload.SELL_OUT, 2, 1, 3)),
                hostile,
                hostile);

        for (Language language : Language.values()) {
            assertThat(page(language, results)).doesNotContain("<script").contains("&lt;script&gt;");
        }
        assertThat(markdown(Language.ENGLISH, results).lines().filter(line -> !line.startsWith("    ")))
                .noneMatch(line -> UNESCAPED
                        .matcher(line.replaceAll("(?<!\\\\)`[^`]*`", ""))
                        .find());
    }

    @ParameterizedTest
    @EnumSource
    void thePageLoadsNothing(Language language) {
        String page = page(language, SampleLab.whole());

        assertThat(page).doesNotContain("http://", "https://", "@import", "url(", "<script", "<link", "src=");
    }

    @ParameterizedTest
    @EnumSource
    void everyElementIsClosed(Language language) {
        String page = page(language, SampleLab.whole());
        String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));

        assertThat(parse(body)).isEqualTo("body");
    }

    @Test
    void aReportIsWrittenOverTheLastOne() throws IOException {
        LabReport.write(SampleLab.whole(), folder);
        LabReport.write(SampleLab.of(List.of()), folder);

        assertThat(Files.readString(folder.resolve("report.md"))).doesNotContain("69,000");
    }

    private static String parse(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement()
                    .getTagName();
        } catch (Exception e) {
            throw new AssertionError("the page is not well formed", e);
        }
    }

    private static String page(Language language, LabResults results) {
        return HtmlReport.of(new Content(new Findings(results), Words.in(language)));
    }

    private static String markdown(Language language, LabResults results) {
        return MarkdownReport.of(new Content(new Findings(results), Words.in(language)));
    }
}
