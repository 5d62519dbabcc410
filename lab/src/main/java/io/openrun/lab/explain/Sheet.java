package io.openrun.lab.explain;

import io.openrun.lab.strategies.LabStrategy;
import io.openrun.stock.StockAudit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints a scene in columns, one per buyer, so that who came in between can be seen. */
final class Sheet {

    private static final int WIDTH = 98;
    private static final String BETWEEN = " │ ";
    private static final String INDENT = "  ";

    private final PrintWriter out;

    Sheet(PrintWriter out) {
        this.out = out;
    }

    void title(LabStrategy strategy) {
        out.println();
        out.println(strategy.title() + ": one unit left, two buyers");
        String rules = strategy.hasConstraints()
                ? "with the engine's constraints."
                : "without the constraints that would have saved it.";
        print(
                "",
                "PostgreSQL and Redis are real; the tables are the engine's, " + rules
                        + " → is sent, ← comes back, … waits, ★ is the buyer's answer. Identities are cut to their last digits,"
                        + " times to the second, rows to the columns that matter.");
    }

    void scene(Outcome outcome) {
        int column = (WIDTH - BETWEEN.length() * (outcome.lanes().size() - 1))
                / outcome.lanes().size();
        out.println();
        out.println(outcome.scene().title());
        out.println();
        row(outcome.lanes().stream().map(Lane::title).toList(), column);
        row(outcome.lanes().stream().map(lane -> "─".repeat(column)).toList(), column);
        outcome.events().forEach(event -> event(event, outcome.lanes(), column));
        outcome.programs().forEach(this::program);
        out.println();
        print("Audit: ", audit(outcome.audit()));
        print("", outcome.conclusion());
        out.flush();
    }

    private void event(Script.Event event, List<Lane> lanes, int column) {
        if (event.lane() == null) {
            out.println();
            print("", event.text());
            out.println();
            return;
        }
        for (String line : wrapped(event.text(), column, INDENT)) {
            row(lanes.stream().map(lane -> lane == event.lane() ? line : "").toList(), column);
        }
    }

    private void row(List<String> cells, int column) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : BETWEEN)
                    .append(cells.get(i))
                    .append(" ".repeat(Math.max(0, column - cells.get(i).length())));
        }
        out.println(line.toString().stripTrailing());
    }

    /** Redisson's programs come in one line; the engine's come as they are written. */
    private void program(String lua, String name) {
        out.println();
        out.println(name);
        String listing = lua.contains("\n") ? lua.stripTrailing() : lua.strip().replaceAll(";\\s*", ";\n");
        for (String line : listing.lines().toList()) {
            String margin = INDENT
                    + line.substring(0, line.length() - line.stripLeading().length());
            wrapped(margin + line.strip(), WIDTH, margin + INDENT).forEach(out::println);
        }
    }

    private void print(String before, String text) {
        wrapped(before + text, WIDTH, before.isEmpty() ? "" : INDENT).forEach(out::println);
    }

    private static String audit(StockAudit audit) {
        return "quantity " + audit.quantity() + ", held " + audit.held() + ", remaining " + audit.remaining()
                + "; oversold " + audit.oversold() + ", places in the line taken twice " + audit.duplicates()
                + ", units miscounted " + audit.miscounted() + ".";
    }

    /** Breaks at spaces and commas; what has neither is cut. */
    static List<String> wrapped(String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int cut = rest.lastIndexOf(' ', width);
            if (cut <= indent.length()) {
                cut = rest.lastIndexOf(',', width - 1) + 1;
            }
            if (cut <= indent.length()) {
                cut = width;
            }
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = indent + rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }
}
