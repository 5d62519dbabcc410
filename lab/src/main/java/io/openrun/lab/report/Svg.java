package io.openrun.lab.report;

/** The few shapes that the charts are made of. */
final class Svg {

    /** About as wide as a letter of the page's small font is. */
    static final double LETTER = 6.7;

    /** The same of the font in which names are set. */
    static final double CODE_LETTER = 7.3;

    private static final double HANGUL = 11.5;

    private final Html html = new Html();

    Html done(double width, double height, String label) {
        return new Html()
                .open(
                        "svg",
                        "viewBox",
                        "0 0 " + Math.round(width) + " " + Math.round(height),
                        "role",
                        "img",
                        "aria-label",
                        label,
                        "style",
                        "max-width:" + Math.round(width * 1.15) + "px")
                .add(html)
                .close("svg");
    }

    Svg text(double x, double y, String text, String css) {
        html.leaf("text", text, "x", x, "y", y, "class", css);
        return this;
    }

    Svg bar(double x, double y, double width, double height, String css) {
        html.open("rect", "x", x, "y", y, "width", width, "height", height, "rx", 2, "class", css)
                .close("rect");
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String css) {
        html.open("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", css).close("line");
        return this;
    }

    Svg dot(double x, double y, double radius, String css) {
        html.open("circle", "cx", x, "cy", y, "r", radius, "class", css).close("circle");
        return this;
    }

    Svg path(String data, String css) {
        html.open("path", "d", data, "class", css).close("path");
        return this;
    }

    /** Draws the other's shapes over these. */
    Svg add(Svg other) {
        html.add(other.html);
        return this;
    }

    /** How wide a text will about be. */
    static double width(String text) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += text.charAt(i) >= 0x1100 ? HANGUL : LETTER;
        }
        return width;
    }
}
