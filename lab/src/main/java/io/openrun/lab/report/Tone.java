package io.openrun.lab.report;

/** What a colour says, the same in every chart and table; never said by the colour alone. */
enum Tone {
    /** Nothing in particular. */
    PLAIN("plain"),
    /** Exact, by construction. */
    GOOD("good"),
    /** Exact so far, but only by luck. */
    WARN("warn"),
    /** Sold what was not there, or lost what was promised. */
    BAD("bad");

    private final String css;

    Tone(String css) {
        this.css = css;
    }

    String css() {
        return css;
    }
}
