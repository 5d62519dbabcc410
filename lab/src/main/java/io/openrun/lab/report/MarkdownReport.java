package io.openrun.lab.report;

import java.util.List;
import java.util.stream.Collectors;

/** Sets the report as Markdown, with the figures of every chart as a table. */
final class MarkdownReport {

    private final Content content;
    private final Words words;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Content content) {
        this.content = content;
        this.words = content.words();
    }

    static String of(Content content) {
        return new MarkdownReport(content).text();
    }

    private String text() {
        paragraph("# " + words.get("title"));
        content.verdict().warnings().forEach(warning -> paragraph("> **" + safe(warning) + "**"));
        content.verdict().sentences().forEach(sentence -> paragraph(safe(sentence)));
        paragraph("## " + words.get("section.summary"));
        paragraph(safe(content.summaryLead()));
        table(content.summary());
        paragraph("## " + words.get("section.charts"));
        content.charts().all().forEach(chart -> chart(chart, "### "));
        paragraph("### " + words.get("chart.cost"));
        paragraph(words.get("chart.cost.lead"));
        content.charts().costs().forEach(chart -> chart(chart, "#### "));
        conditions();
        paragraph("## " + words.get("section.strategies"));
        content.strategies().forEach(this::strategy);
        paragraph("## " + words.get("section.runs"));
        paragraph(words.get("runs.lead"));
        content.everything().forEach((workload, table) -> {
            paragraph("### " + safe(workload));
            table(table);
        });
        return out.toString().stripTrailing() + "\n";
    }

    private void chart(Chart chart, String heading) {
        paragraph(heading + safe(chart.title()));
        if (chart.table() == null) {
            paragraph(words.get("notRun.chart"));
            return;
        }
        paragraph(safe(chart.lead()));
        table(chart.table());
    }

    private void conditions() {
        Conditions conditions = content.conditions();
        paragraph("## " + words.get("section.conditions"));
        fenced(conditions.command());
        out.append(conditions.facts().stream()
                .map(fact -> "- " + fact.name() + ": " + safe(fact.value()) + "\n")
                .collect(Collectors.joining()));
        list("method", conditions.method());
        list("limits", conditions.limits());
        if (!conditions.doubts().isEmpty()) {
            list(
                    "doubts",
                    conditions.doubts().stream().map(MarkdownReport::safe).toList());
        }
    }

    private void list(String key, List<String> sentences) {
        out.append('\n');
        paragraph("### " + words.get("section." + key));
        sentences.forEach(sentence -> out.append("- ").append(sentence).append('\n'));
        out.append('\n');
    }

    private void strategy(StrategyPages.Section section) {
        paragraph("### " + safe(Words.code(section.strategy())) + " · " + section.standing());
        section.what().ifPresent(this::paragraph);
        section.sequence().ifPresent(sequence -> {
            int number = 1;
            for (String step : HtmlTables.steps(sequence)) {
                out.append(number++).append(". ").append(safe(step)).append('\n');
            }
            out.append('\n');
        });
        section.snippets().forEach(snippet -> {
            paragraph(snippet.sent() ? words.get("strategy.sent", snippet.source()) : "`" + snippet.source() + "`");
            fenced(snippet.text());
        });
        section.right().ifPresent(text -> paragraph("**" + words.get("strategy.right") + "** " + text));
        section.wrong().ifPresent(text -> paragraph("**" + words.get("strategy.wrong") + "** " + text));
        if (!section.measured().isEmpty()) {
            paragraph("**" + words.get("strategy.measured") + "** " + safe(String.join(" ", section.measured())));
        }
        section.runs().ifPresent(this::table);
    }

    private void table(Table table) {
        if (table.rows().isEmpty()) {
            paragraph(words.get("notRun.chart"));
            return;
        }
        row(table.headers());
        row(table.rows().getFirst().stream()
                .map(cell -> cell.numeric() ? "---:" : "---")
                .toList());
        table.rows()
                .forEach(cells -> row(cells.stream()
                        .map(cell -> cell.tone() == Tone.BAD ? "**" + safe(cell.text()) + "**" : safe(cell.text()))
                        .toList()));
        out.append('\n');
    }

    private void row(List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Indented code needs no fence that the code could end. */
    private void fenced(String code) {
        paragraph(code.lines().map(line -> "    " + line).collect(Collectors.joining("\n")));
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            out.append(text).append("\n\n");
        }
    }

    /** Data must not become markup: outside code, what Markdown or HTML would read is escaped; a cell stays one cell. */
    private static String safe(String text) {
        String[] parts = text.replaceAll("\\R", " ").split("`", -1);
        boolean paired = parts.length % 2 == 1;
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1 && paired) {
                safe.append('`').append(parts[i].replace("|", "\\|")).append('`');
            } else {
                safe.append(i > 0 && !paired ? "\\`" : "")
                        .append(parts[i].replaceAll("([\\\\*_\\[\\]<>#|])", "\\\\$1"));
            }
        }
        return safe.toString();
    }
}
