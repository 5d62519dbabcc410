package io.openrun.lab.report;

/** Writes HTML and SVG in which text is always escaped: markup comes from the names of elements only. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(number(attributes[i + 1])))
                    .append('"');
        }
        out.append('>');
        return this;
    }

    Html close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Text in which {@code `this`} is code. */
    Html rich(String text) {
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                leaf("code", parts[i]);
            } else {
                text(parts[i]);
            }
        }
        return this;
    }

    /** An element with nothing but text in it. */
    Html leaf(String element, String text, Object... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** An element with rich text in it. */
    Html prose(String element, String text, Object... attributes) {
        return open(element, attributes).rich(text).close(element);
    }

    Html line() {
        out.append('\n');
        return this;
    }

    Html add(Html other) {
        out.append(other.out);
        return this;
    }

    /** Our own files only: stylesheets. Never anything out of the data. */
    Html trusted(String markup) {
        out.append(markup);
        return this;
    }

    /** Coordinates need no more than a tenth of a pixel. */
    private static String number(Object value) {
        return value instanceof Double coordinate
                ? String.valueOf(Math.round(coordinate * 10) / 10.0).replaceAll("\\.0$", "")
                : String.valueOf(value);
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
