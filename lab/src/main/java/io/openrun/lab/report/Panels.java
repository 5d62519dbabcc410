package io.openrun.lab.report;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/** A small chart for each strategy, all on the same axes, the others behind it in grey: who climbs, and who falls. */
record Panels(List<Panel> panels, List<Integer> columns) implements Drawing {

    /** A strategy's values by clients. */
    record Panel(String label, NavigableMap<Integer, Double> values, Tone tone) {}

    private static final double TITLE = 20;
    private static final double GRAPH = 84;
    private static final double FOOT = 34;
    private static final double GUTTER = 16;

    @Override
    public Html draw(Paper paper, String label) {
        Svg svg = new Svg();
        int perRow = paper == Paper.WIDE ? 3 : 1;
        double width = (paper.width() - GUTTER * (perRow - 1)) / perRow;
        List<Double> all =
                panels.stream().flatMap(p -> p.values().values().stream()).toList();
        for (int i = 0; i < panels.size(); i++) {
            double x = (i % perRow) * (width + GUTTER);
            double y = Math.floorDiv(i, perRow) * (TITLE + GRAPH + FOOT);
            drawPanel(svg, panels.get(i), x, y, width, Axis.powers(all, y + TITLE + GRAPH, y + TITLE));
        }
        int rows = Math.ceilDiv(panels.size(), perRow);
        return svg.done(paper.width(), rows * (TITLE + GRAPH + FOOT), label);
    }

    private void drawPanel(Svg svg, Panel panel, double x, double y, double width, Axis up) {
        double left = x + 30;
        double right = x + width - 8;
        svg.text(x, y + 12, panel.label(), "name");
        for (double tick : up.ticks()) {
            svg.line(left, up.at(tick), right, up.at(tick), "grid");
            svg.text(left - 5, up.at(tick) + 4, Figures.brief(tick), "tick end");
        }
        for (int column : columns) {
            svg.text(across(column, left, right), y + TITLE + GRAPH + 14, Figures.brief(column), "tick");
        }
        for (Panel other : panels) {
            if (!other.equals(panel)) {
                svg.path(path(other, left, right, up), "curve back");
            }
        }
        svg.path(path(panel, left, right, up), "curve " + panel.tone().css());
        panel.values()
                .forEach((clients, value) -> svg.dot(
                        across(clients, left, right),
                        up.at(value),
                        3,
                        "fill " + panel.tone().css()));
        panel.values().entrySet().stream()
                .max(Comparator.comparingDouble(java.util.Map.Entry::getValue))
                .ifPresent(best -> drawBest(svg, best.getKey(), best.getValue(), left, right, up));
    }

    /** The highest point carries its value, on the side where there is room. */
    private void drawBest(Svg svg, int clients, double value, double left, double right, Axis up) {
        double x = across(clients, left, right);
        String text = Figures.rounded(value);
        boolean nearTheEnd = x + Svg.width(text) / 2 > right;
        boolean nearTheStart = x - Svg.width(text) / 2 < left;
        svg.text(
                nearTheEnd ? right + 4 : nearTheStart ? left + 4 : x,
                up.at(value) - 7,
                text,
                nearTheEnd ? "value end halo" : nearTheStart ? "value halo" : "value middle halo");
    }

    private double across(int clients, double left, double right) {
        int place = columns.indexOf(clients);
        return columns.size() == 1 ? (left + right) / 2 : left + 8 + (right - left - 16) * place / (columns.size() - 1);
    }

    private String path(Panel panel, double left, double right, Axis up) {
        StringBuilder path = new StringBuilder();
        panel.values().forEach((clients, value) -> path.append(path.isEmpty() ? 'M' : 'L')
                .append(Math.round(across(clients, left, right) * 10) / 10.0)
                .append(' ')
                .append(Math.round(up.at(value) * 10) / 10.0));
        return path.toString();
    }
}
