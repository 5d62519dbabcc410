package io.openrun.lab.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets the report as one page that needs nothing but itself. */
final class HtmlReport {

    private final Content content;
    private final Words words;
    private final Html html = new Html();

    private HtmlReport(Content content) {
        this.content = content;
        this.words = content.words();
    }

    static String of(Content content) {
        return new HtmlReport(content).page();
    }

    private String page() {
        html.trusted("<!DOCTYPE html>\n").open("html", "lang", words.language().code());
        html.open("head")
                .trusted("<meta charset=\"utf-8\">\n")
                .trusted("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .trusted("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .leaf("title", words.get("title"))
                .trusted("<style>\n" + Resources.get("report.css") + "</style>")
                .close("head");
        html.line().open("body");
        header();
        html.open("main");
        verdict();
        summary();
        charts();
        conditions();
        strategies();
        everything();
        html.close("main");
        html.prose("footer", words.get("footer"));
        return html.close("body").close("html").line().toString();
    }

    private void header() {
        html.line().open("header").open("div", "class", "top").leaf("p", words.get("brand"), "class", "brand");
        html.open("nav", "aria-label", words.get("languages"));
        for (Language language : Language.values()) {
            if (language == words.language()) {
                html.leaf("span", language.title(), "aria-current", "true");
            } else {
                html.leaf("a", language.title(), "href", language.page(), "lang", language.code());
            }
        }
        html.close("nav").close("div");
        html.leaf("h1", words.get("title"));
        html.open("nav", "class", "contents", "aria-label", words.get("contents"));
        Stream.of("summary", "charts", "conditions", "strategies", "runs")
                .forEach(id -> html.leaf("a", words.get("section." + id), "href", "#" + id));
        html.close("nav").close("header");
    }

    private void verdict() {
        html.line().open("section", "id", "verdict", "aria-label", words.get("section.verdict"));
        content.verdict().warnings().forEach(warning -> html.prose("p", warning, "class", "alarm", "role", "alert"));
        html.open("div", "class", "verdict");
        content.verdict().sentences().forEach(sentence -> html.prose("p", sentence));
        html.close("div").open("ul", "class", "strip");
        content.conditions().facts().forEach(fact -> html.open("li")
                .leaf("span", fact.name() + " ")
                .leaf("b", fact.value(), "class", fact.tone().css())
                .close("li"));
        html.open("li").leaf("span", words.get("fact.command") + " ");
        html.leaf("code", content.conditions().command()).close("li");
        html.open("li")
                .leaf("a", words.get("strip.more"), "href", "#conditions")
                .close("li");
        html.close("ul").close("section");
    }

    private void summary() {
        section("summary");
        if (!content.summaryLead().isEmpty()) {
            html.prose("p", content.summaryLead(), "class", "lead");
        }
        new HtmlTables(html).table(content.summary(), words.get("section.summary"));
        html.close("section");
    }

    private void section(String id) {
        html.line().open("section", "id", id).leaf("h2", words.get("section." + id));
    }

    private void charts() {
        section("charts");
        html.open("p", "class", "key");
        for (Tone tone : new Tone[] {Tone.GOOD, Tone.WARN, Tone.BAD}) {
            html.leaf("span", words.get("tone." + tone.css()), "class", "chip " + tone.css());
        }
        html.close("p");
        List<Chart> charts = content.charts().all();
        charts.forEach(chart -> chart(chart, false));
        html.open("h3").text(words.get("chart.cost")).close("h3");
        html.prose("p", words.get("chart.cost.lead"), "class", "lead").open("div", "class", "pair");
        content.charts().costs().forEach(chart -> chart(chart, true));
        html.close("div").close("section");
    }

    private void chart(Chart chart, boolean small) {
        html.line().open("figure", "id", "chart-" + chart.id());
        html.open("figcaption").leaf(small ? "h4" : "h3", chart.title());
        if (!chart.lead().isEmpty()) {
            html.prose("p", chart.lead(), "class", "lead");
        }
        html.close("figcaption");
        if (chart.drawing() == null || chart.table() == null) {
            html.leaf("p", words.get("notRun.chart"), "class", "absent").close("figure");
            return;
        }
        draw(chart.drawing(), chart.title() + ". " + words.get("chart.alternative"), small);
        html.open("details").leaf("summary", words.get("chart.figures"));
        new HtmlTables(html).table(chart.table(), chart.title());
        html.close("details").close("figure");
    }

    private void draw(Drawing drawing, String label, boolean small) {
        for (Drawing.Paper paper : Drawing.Paper.values()) {
            if (!small || paper == Drawing.Paper.NARROW) {
                html.open("div", "class", small ? "any" : paper.css())
                        .add(drawing.draw(paper, label))
                        .close("div");
            }
        }
    }

    private void conditions() {
        Conditions conditions = content.conditions();
        section("conditions");
        html.leaf("p", words.get("fact.command"), "class", "label")
                .open("pre", "class", "command")
                .leaf("code", conditions.command())
                .close("pre");
        html.open("dl", "class", "facts");
        for (Conditions.Fact fact : conditions.facts()) {
            html.open("div")
                    .leaf("dt", fact.name())
                    .leaf("dd", fact.value(), "class", fact.tone().css());
            html.close("div");
        }
        html.close("dl").open("div", "class", "pair");
        list("method", conditions.method());
        list("limits", conditions.limits());
        if (!conditions.doubts().isEmpty()) {
            list("doubts", conditions.doubts());
        }
        html.close("div").close("section");
    }

    private void list(String key, List<String> sentences) {
        html.open("div").leaf("h3", words.get("section." + key)).open("ul");
        sentences.forEach(sentence -> html.prose("li", sentence));
        html.close("ul").close("div");
    }

    private void strategies() {
        section("strategies");
        List<StrategyPages.Section> sections = content.strategies();
        sections.stream().filter(StrategyPages.Section::wasRun).forEach(this::strategy);
        List<StrategyPages.Section> others =
                sections.stream().filter(s -> !s.wasRun()).toList();
        if (!others.isEmpty()) {
            html.open("details", "class", "others")
                    .leaf("summary", words.get("notRun.others", String.valueOf(others.size())));
            others.forEach(this::strategy);
            html.close("details");
        }
        html.close("section");
    }

    private void strategy(StrategyPages.Section section) {
        html.line().open("article", "id", section.anchor());
        html.open("h3").leaf("code", section.strategy()).text(" ");
        html.leaf("span", section.standing(), "class", "chip " + section.tone().css())
                .close("h3");
        section.what().ifPresent(text -> html.prose("p", text));
        html.open("div", "class", "pair");
        section.sequence().ifPresent(sequence -> {
            html.open("div").leaf("h4", words.get("strategy.sequence"));
            draw(new SequenceDrawing(sequence), words.get("strategy.sequence.of", section.strategy()), false);
            html.open("details").leaf("summary", words.get("strategy.steps")).open("ol");
            HtmlTables.steps(sequence).forEach(step -> html.leaf("li", step));
            html.close("ol").close("details").close("div");
        });
        if (!section.snippets().isEmpty()) {
            html.open("div").leaf("h4", words.get("strategy.source"));
            for (Snippets.Snippet snippet : section.snippets()) {
                html.leaf("p", label(snippet), "class", "file", "title", snippet.source());
                html.open("pre").leaf("code", snippet.text()).close("pre");
            }
            html.close("div");
        }
        html.close("div").open("dl", "class", "judgement");
        judgement("strategy.right", section.right().stream().toList());
        judgement("strategy.wrong", section.wrong().stream().toList());
        judgement("strategy.measured", section.measured());
        html.close("dl");
        section.runs().ifPresent(table -> {
            html.open("details").leaf("summary", words.get("strategy.runs"));
            new HtmlTables(html).table(table, section.strategy());
            html.close("details");
        });
        html.close("article");
    }

    private String label(Snippets.Snippet snippet) {
        return snippet.sent() ? words.get("strategy.sent", snippet.source()) : snippet.file();
    }

    private void judgement(String key, List<String> sentences) {
        if (!sentences.isEmpty()) {
            html.open("div").leaf("dt", words.get(key));
            html.prose("dd", sentences.stream().collect(Collectors.joining(" ")))
                    .close("div");
        }
    }

    private void everything() {
        section("runs");
        html.prose("p", words.get("runs.lead"), "class", "lead");
        content.everything().forEach((workload, table) -> {
            html.line()
                    .open("details", "class", "raw")
                    .leaf(
                            "summary",
                            words.get(
                                    "runs.of",
                                    workload,
                                    String.valueOf(table.rows().size())));
            new HtmlTables(html).table(table, workload);
            html.close("details");
        });
        html.close("section");
    }
}
