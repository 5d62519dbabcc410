package io.openrun.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who says what to whom, read from a file: {@code actors A=Buyer A, DB=PostgreSQL} first, then a step per line. {@code A
 * -> DB: text} asks, {@code DB --> A: text} answers, {@code note A DB: text} stands over both; {@code wait}, {@code good}
 * and {@code bad} are notes with a meaning. A text may go on with {@code || } and the same in Korean.
 */
record Sequence(List<Actor> actors, List<Step> steps) {

    /** Who takes part. */
    record Actor(String id, String name) {}

    /** What happens next. */
    sealed interface Step {
        String text();
    }

    /** Somebody says something to somebody; an answer is drawn dashed. */
    record Message(int from, int to, String text, boolean answer) implements Step {}

    /** Something that is so, from the first to the last of those it concerns. */
    record Note(int first, int last, String text, Kind kind) implements Step {}

    /** What a note means. */
    enum Kind {
        NOTE,
        WAIT,
        GOOD,
        BAD
    }

    static Optional<Sequence> of(String strategy, Language language) {
        return Resources.find("diagrams/" + strategy + ".txt").map(script -> parse(script, language));
    }

    static Sequence parse(String script, Language language) {
        List<Actor> actors = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (String line : script.lines().filter(l -> !l.isBlank()).toList()) {
            if (line.startsWith("actors ")) {
                for (String actor : line.substring("actors ".length()).split(",", -1)) {
                    String[] parts = actor.strip().split("=", 2);
                    actors.add(new Actor(parts[0], spoken(parts[1], language)));
                }
            } else {
                steps.add(step(line, actors, language));
            }
        }
        return new Sequence(List.copyOf(actors), List.copyOf(steps));
    }

    private static Step step(String line, List<Actor> actors, Language language) {
        int colon = line.indexOf(": ");
        String[] head = line.substring(0, colon).strip().split("\\s+", -1);
        String text = spoken(line.substring(colon + 2), language);
        return switch (head[0]) {
            case "note", "wait", "good", "bad" -> {
                int one = place(head[1], actors);
                int other = place(head[head.length - 1], actors);
                yield new Note(
                        Math.min(one, other),
                        Math.max(one, other),
                        text,
                        Kind.valueOf(head[0].toUpperCase(java.util.Locale.ROOT)));
            }
            default -> new Message(place(head[0], actors), place(head[2], actors), text, head[1].equals("-->"));
        };
    }

    private static int place(String id, List<Actor> actors) {
        for (int i = 0; i < actors.size(); i++) {
            if (actors.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalStateException("nobody is called " + id);
    }

    private static String spoken(String text, Language language) {
        String[] languages = text.split("\\|\\|", 2);
        return languages[language == Language.KOREAN ? languages.length - 1 : 0].strip();
    }
}
