package io.openrun.lab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines that make a strategy what it is, quoted from its source. A file begins each quotation with {@code == } and
 * the path of the source; a line {@code …} stands for lines left out. What a library sends stands in no source of ours:
 * a file begins it with {@code >> } and the engine it is sent to. A test holds every quotation against its source, and
 * another holds what is sent against what goes over the wire.
 */
final class Snippets {

    static final String LEFT_OUT = "…";
    private static final String HEAD = "== ";
    private static final String SENT = ">> ";

    private Snippets() {}

    /**
     * Lines of one source file, or what is sent to an engine.
     *
     * @param source the file's path, or the engine's name
     */
    record Snippet(String source, boolean sent, List<String> lines) {

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
        boolean sent = false;
        List<String> lines = new ArrayList<>();
        for (String line : Resources.find("snippets/" + strategy + ".txt")
                .orElse("")
                .lines()
                .toList()) {
            if (line.startsWith(HEAD) || line.startsWith(SENT)) {
                add(snippets, source, sent, lines);
                sent = line.startsWith(SENT);
                source = line.substring(HEAD.length()).strip();
                lines = new ArrayList<>();
            } else {
                lines.add(line);
            }
        }
        add(snippets, source, sent, lines);
        return List.copyOf(snippets);
    }

    private static void add(List<Snippet> snippets, String source, boolean sent, List<String> lines) {
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        if (!source.isEmpty()) {
            snippets.add(new Snippet(source, sent, List.copyOf(lines)));
        }
    }
}
