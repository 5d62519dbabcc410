package io.openrun.lab.report;

import java.util.stream.Stream;

/** Something that can be drawn as SVG, for a desk and for a phone: text keeps its size, so the two differ in layout. */
interface Drawing {

    /** Draws it; {@code label} is read out to those who do not see it. */
    Html draw(Paper paper, String label);

    /** How much room there is. */
    enum Paper {
        WIDE("wide", 880, 215),
        NARROW("narrow", 340, 0);

        private final String css;
        private final double width;
        private final double labels;

        Paper(String css, double width, double labels) {
            this.css = css;
            this.width = width;
            this.labels = labels;
        }

        String css() {
            return css;
        }

        double width() {
            return width;
        }

        /** Where bars begin: labels stand to the left of it, or on a line of their own when it is 0. */
        double labels(Stream<String> names) {
            double longest = names.mapToDouble(name -> name.length() * Svg.CODE_LETTER)
                    .max()
                    .orElse(0);
            return labels == 0 ? 0 : Math.max(labels, longest + 16);
        }
    }
}
