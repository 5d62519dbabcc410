package io.openrun.lab.report;

import java.util.List;

/** Sets tables on a page; wide ones scroll in their own frame. */
final class HtmlTables {

    private final Html html;

    HtmlTables(Html html) {
        this.html = html;
    }

    void table(Table table, String caption) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption)
                .open("table")
                .open("thead")
                .open("tr");
        for (int i = 0; i < table.headers().size(); i++) {
            boolean numeric =
                    !table.rows().isEmpty() && table.rows().getFirst().get(i).numeric();
            html.leaf("th", table.headers().get(i), "scope", "col", "class", numeric ? "n" : "");
        }
        html.close("tr").close("thead").open("tbody");
        for (List<Table.Cell> row : table.rows()) {
            html.open("tr");
            for (int i = 0; i < row.size(); i++) {
                cell(row.get(i), i == 0);
            }
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    private void cell(Table.Cell cell, boolean first) {
        String element = first ? "th" : "td";
        String css = (cell.numeric() ? "n " : "")
                + (cell.tone() == Tone.PLAIN ? "" : cell.tone().css());
        if (first) {
            html.open(element, "scope", "row", "class", css);
        } else {
            html.open(element, "class", css);
        }
        if (cell.anchor() != null) {
            html.open("a", "href", "#" + cell.anchor()).rich(cell.text()).close("a");
        } else {
            html.rich(cell.text());
        }
        html.close(element);
    }

    /** A diagram's steps, one by one, for those who read rather than look. */
    static List<String> steps(Sequence sequence) {
        return sequence.steps().stream()
                .map(step -> switch (step) {
                    case Sequence.Message message ->
                        sequence.actors().get(message.from()).name() + " → "
                                + sequence.actors().get(message.to()).name() + ": " + message.text();
                    case Sequence.Note note ->
                        (note.first() == note.last()
                                        ? sequence.actors().get(note.first()).name() + ": "
                                        : "")
                                + note.text();
                })
                .toList();
    }
}
