package io.openrun.lab.report;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars, a group for each strategy, each with its value written at its end. */
record Bars(List<Group> groups, List<String> legend, Scale scale) implements Drawing {

    /** How lengths come about. */
    enum Scale {
        /** From zero. */
        EVEN,
        /** By powers of ten if the values need it; then dots stand where bars would end, for a length would mislead. */
        FITTING,
        /** From zero, the parts of a group one behind the other. */
        STACKED
    }

    /** A strategy's bars. */
    record Group(String label, List<Bar> bars) {}

    /** One of them, and what is written at its end. */
    record Bar(double value, String text, Tone tone) {}

    private static final double THICK = 13;
    private static final double GAP = 3;
    private static final double LINE = 15;
    private static final double SPACE = 9;

    @Override
    public Html draw(Paper paper, String label) {
        Svg svg = new Svg();
        double labels = paper.labels(groups.stream().map(Group::label));
        double top = legend.isEmpty() ? 6 : 26;
        double room = groups.stream()
                .flatMap(g -> g.bars().stream())
                .mapToDouble(b -> Svg.width(b.text()))
                .max()
                .orElse(0);
        Axis axis = axis(labels, paper.width() - room - 14);
        double bottom = top + groups.stream().mapToDouble(g -> height(g, paper)).sum();
        grid(svg, axis, top, bottom);
        drawLegend(svg, labels);
        double y = top;
        for (Group group : groups) {
            drawGroup(svg, axis, group, y, paper);
            y += height(group, paper);
        }
        return svg.done(paper.width(), bottom + 20, label);
    }

    private Axis axis(double from, double to) {
        List<Double> values = new ArrayList<>();
        for (Group group : groups) {
            if (scale == Scale.STACKED) {
                values.add(total(group));
            } else {
                group.bars().forEach(bar -> values.add(bar.value()));
            }
        }
        return scale == Scale.FITTING ? Axis.fitting(values, from, to) : Axis.even(values, from, to);
    }

    private static double total(Group group) {
        return group.bars().stream().mapToDouble(Bar::value).sum();
    }

    private double height(Group group, Paper paper) {
        int lines = scale == Scale.STACKED ? 1 : Math.max(group.bars().size(), 1);
        return (paper == Paper.NARROW ? LINE : 0) + lines * (THICK + GAP) + SPACE;
    }

    private static void grid(Svg svg, Axis axis, double top, double bottom) {
        for (double tick : axis.ticks()) {
            svg.line(axis.at(tick), top, axis.at(tick), bottom, "grid");
            svg.text(axis.at(tick), bottom + 14, Figures.brief(tick), axis.at(tick) == 0 ? "tick first" : "tick");
        }
    }

    private void drawLegend(Svg svg, double from) {
        double x = from;
        for (int i = 0; i < legend.size(); i++) {
            svg.bar(x, 4, 11, 11, "fill plain " + shade(i));
            svg.text(x + 16, 14, legend.get(i), "small");
            x += 16 + Svg.width(legend.get(i)) + 16;
        }
    }

    private void drawGroup(Svg svg, Axis axis, Group group, double top, Paper paper) {
        double y = top;
        if (paper == Paper.NARROW) {
            svg.text(0, y + 11, group.label(), "name");
            y += LINE;
        } else {
            double middle = (height(group, paper) - SPACE - GAP) / 2;
            svg.text(axis.start() - 12, y + middle + 4, group.label(), "name end");
        }
        double x = axis.start();
        for (int i = 0; i < group.bars().size(); i++) {
            Bar bar = group.bars().get(i);
            if (scale == Scale.STACKED) {
                double width = axis.at(bar.value()) - axis.start();
                svg.bar(x, y, width, THICK, css(bar, i));
                x += width;
                if (!bar.text().isEmpty()) {
                    svg.text(axis.at(total(group)) + 7, y + 11, bar.text(), "value");
                }
                continue;
            }
            double end = Math.max(axis.at(bar.value()), axis.start() + (bar.value() > 0 ? 2 : 0));
            if (axis.isByPowers()) {
                svg.line(
                        axis.start(),
                        y + THICK / 2,
                        end,
                        y + THICK / 2,
                        css(bar, i).replace("fill", "stem"));
                if (bar.value() > 0) {
                    svg.dot(end, y + THICK / 2, 5.5, css(bar, i));
                }
                end += 5;
            } else {
                svg.bar(axis.start(), y, end - axis.start(), THICK, css(bar, i));
            }
            svg.text(
                    end + 7,
                    y + 11,
                    bar.text(),
                    "value " + (bar.value() == 0 ? "soft" : bar.tone().css()));
            y += THICK + GAP;
        }
    }

    private String css(Bar bar, int place) {
        return "fill " + bar.tone().css() + " " + shade(place);
    }

    /** Bars of a group grow fainter from the last to the first; a lone bar is strong. */
    private String shade(int place) {
        int bars = Math.max(legend.size(), 1);
        return "shade" + (bars - 1 - place);
    }
}
