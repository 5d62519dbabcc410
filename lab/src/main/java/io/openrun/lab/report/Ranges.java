package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import java.util.List;
import java.util.stream.Stream;

/** How late answers were: for each strategy a line from the median to the latest, with the percentiles marked on it. */
record Ranges(List<Range> ranges, List<String> legend) implements Drawing {

    /** A strategy's. */
    record Range(String label, LabRun.Percentiles millis, Tone tone) {}

    private static final double LINE = 16;
    private static final double SPACE = 12;

    @Override
    public Html draw(Paper paper, String label) {
        Svg svg = new Svg();
        double labels = paper.labels(ranges.stream().map(Range::label));
        double room = ranges.stream()
                .mapToDouble(range -> Svg.width(text(range)))
                .max()
                .orElse(0);
        room = Math.max(room, Svg.width(legend.get(0) + " · " + legend.get(2)));
        boolean narrow = paper == Paper.NARROW;
        double end = paper.width() - (narrow ? 12 : room + 18);
        List<Double> values = ranges.stream()
                .flatMap(range -> Stream.of(range.millis().p50(), range.millis().max()))
                .toList();
        Axis axis = Axis.powers(values, labels + 6, end);
        double height = narrow ? LINE * 2 + SPACE : LINE + SPACE;
        double top = 26;
        double bottom = top + ranges.size() * height;
        for (double tick : axis.ticks()) {
            svg.line(axis.at(tick), top, axis.at(tick), bottom, "grid");
            svg.text(axis.at(tick), bottom + 14, Figures.brief(tick), "tick");
        }
        drawLegend(svg, labels);
        if (!narrow) {
            svg.text(end + 16, 14, legend.get(0) + " · " + legend.get(2), "small soft");
        }
        double y = top;
        for (Range range : ranges) {
            if (narrow) {
                svg.text(0, y + 11, range.label(), "name");
                svg.text(paper.width(), y + 11, text(range), "value end");
                drawRange(svg, axis, range, y + LINE + 8);
            } else {
                svg.text(labels - 12, y + 12, range.label(), "name end");
                svg.text(end + 16, y + 12, text(range), "value");
                drawRange(svg, axis, range, y + 8);
            }
            y += height;
        }
        return svg.done(paper.width(), bottom + 20, label);
    }

    private static String text(Range range) {
        return Figures.rounded(range.millis().p50()) + " · "
                + Figures.rounded(range.millis().p99());
    }

    private static void drawRange(Svg svg, Axis axis, Range range, double y) {
        LabRun.Percentiles millis = range.millis();
        String css = range.tone().css();
        svg.line(axis.at(millis.p999()), y, axis.at(millis.max()), y, "stem thin " + css);
        svg.line(axis.at(millis.p50()), y, axis.at(millis.p999()), y, "stem shade1 " + css);
        svg.line(axis.at(millis.p95()), y - 5, axis.at(millis.p95()), y + 5, "stem " + css);
        svg.dot(axis.at(millis.p50()), y, 5, "ring " + css);
        svg.dot(axis.at(millis.p99()), y, 5.5, "fill " + css);
        svg.line(axis.at(millis.p999()), y - 3.5, axis.at(millis.p999()), y + 3.5, "stem " + css);
    }

    /** Drawn with the very marks it explains. */
    private void drawLegend(Svg svg, double from) {
        double x = from;
        for (int i = 0; i < legend.size(); i++) {
            switch (i) {
                case 0 -> svg.dot(x + 6, 10, 5, "ring plain");
                case 1 -> svg.line(x + 6, 5, x + 6, 15, "stem plain");
                case 2 -> svg.dot(x + 6, 10, 5.5, "fill plain");
                case 3 -> svg.line(x + 6, 6.5, x + 6, 13.5, "stem plain");
                default -> svg.line(x, 10, x + 12, 10, "stem thin plain");
            }
            svg.text(x + 16, 14, legend.get(i), "small");
            x += 16 + Svg.width(legend.get(i)) + 10;
        }
    }
}
