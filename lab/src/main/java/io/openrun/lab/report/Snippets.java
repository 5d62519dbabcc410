package io.openrun.lab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines that make a strategy what it is, quoted from its source. A file begins each quotation with {@code == } and
 * the path of the source; a line {@code …} stands for lines left out. A test holds every quotation against its source.
 */
final class Snippets {

    static final String LEFT_OUT = "…";
    private static final String HEAD = "== ";

    private Snippets() {}

    /** Lines of one source file. */
    record Snippet(String source, List<String> lines) {

        String text() {
            return String.join("\n", lines);
        }

        /** The file's name without its path. */
        String file() {
            return source.substring(source.lastIndexOf('/') + 1);
        }
    }

    /** Empty for a strategy that has none. */
    static List<Snippet> of(String strategy) {
        List<Snippet> snippets = new ArrayList<>();
        String source = "";
        List<String> lines = new ArrayList<>();
        for (String line : Resources.find("snippets/" + strategy + ".txt")
                .orElse("")
                .lines()
                .toList()) {
            if (line.startsWith(HEAD)) {
                add(snippets, source, lines);
                source = line.substring(HEAD.length()).strip();
                lines = new ArrayList<>();
            } else {
                lines.add(line);
            }
        }
        add(snippets, source, lines);
        return List.copyOf(snippets);
    }

    private static void add(List<Snippet> snippets, String source, List<String> lines) {
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        if (!source.isEmpty()) {
            snippets.add(new Snippet(source, List.copyOf(lines)));
        }
    }
}
