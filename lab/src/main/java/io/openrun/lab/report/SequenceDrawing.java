package io.openrun.lab.report;

import io.openrun.lab.report.Sequence.Message;
import io.openrun.lab.report.Sequence.Note;
import java.util.ArrayList;
import java.util.List;

/** Draws a sequence as a diagram: time runs downwards, every actor has a line. */
record SequenceDrawing(Sequence sequence) implements Drawing {

    private static final double HEAD = 34;
    private static final double LINE = 15;
    private static final double PADDING = 8;

    @Override
    public Html draw(Paper paper, String label) {
        double width = paper == Paper.WIDE ? 500 : paper.width();
        Svg steps = new Svg();
        double y = HEAD + 12;
        for (Sequence.Step step : sequence.steps()) {
            y = switch (step) {
                case Message message -> message(steps, message, y, width);
                case Note note -> note(steps, note, y, width);
            };
        }
        Svg all = new Svg();
        for (int i = 0; i < sequence.actors().size(); i++) {
            all.line(x(i, width), HEAD, x(i, width), y + 4, "life");
            String name = sequence.actors().get(i).name();
            double box =
                    Math.min(Svg.width(name) + 18, width / sequence.actors().size() - 4);
            all.bar(x(i, width) - box / 2, 6, box, 26, "actor");
            all.text(x(i, width), 23, name, "small middle strong");
        }
        return all.add(steps).done(width, y + 6, label);
    }

    private double x(int actor, double width) {
        double lane = width / sequence.actors().size();
        return lane * actor + lane / 2;
    }

    private double message(Svg svg, Message message, double top, double width) {
        double from = x(message.from(), width);
        double to = x(message.to(), width);
        double middle = (from + to) / 2;
        double y = top;
        for (String line : wrapped(message.text(), width - 12)) {
            double half = Svg.width(line) * 1.04 / 2;
            double at = Math.clamp(middle, half + 4, Math.max(width - half - 4, half + 4));
            svg.text(at, y + 11, line, "say middle halo");
            y += LINE;
        }
        y += 4;
        if (message.from() == message.to()) {
            return y;
        }
        double tip = to > from ? -1 : 1;
        svg.line(from, y, to + tip * 2, y, message.answer() ? "arrow answer" : "arrow");
        svg.path(
                "M%.1f %.1fL%.1f %.1fL%.1f %.1fZ".formatted(to + tip, y, to + tip * 8, y - 4, to + tip * 8, y + 4),
                "tip");
        return y + 12;
    }

    private double note(Svg svg, Note note, double top, double width) {
        double lane = width / sequence.actors().size();
        double left = x(note.first(), width) - lane * 0.46;
        double right = x(note.last(), width) + lane * 0.46;
        double need = Math.min(Svg.width(note.text()) * 1.06 + 2 * PADDING, width * 0.62);
        if (right - left < need) {
            double middle = Math.clamp((left + right) / 2, need / 2 + 2, width - need / 2 - 2);
            left = middle - need / 2;
            right = middle + need / 2;
        }
        List<String> lines = wrapped(note.text(), right - left - 2 * PADDING);
        double height = lines.size() * LINE + PADDING;
        svg.bar(left, top, right - left, height, "note " + css(note.kind()));
        double y = top + PADDING / 2;
        for (String line : lines) {
            svg.text((left + right) / 2, y + 11.5, line, "small middle");
            y += LINE;
        }
        return top + height + 10;
    }

    private static String css(Sequence.Kind kind) {
        return switch (kind) {
            case NOTE -> Tone.PLAIN.css();
            case WAIT -> Tone.WARN.css();
            case GOOD -> Tone.GOOD.css();
            case BAD -> Tone.BAD.css();
        };
    }

    private static List<String> wrapped(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && Svg.width(line + " " + word) * 1.04 > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
