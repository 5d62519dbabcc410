package io.openrun.lab.report;

/** How a strategy came out of its audits. */
enum Standing {
    /** Every audit passed, and it is built so that they must. */
    EXACT("standing.exact", Tone.GOOD),
    /** Every audit passed, but nothing in it makes sure. */
    LUCKY("standing.lucky", Tone.WARN),
    /** An audit found what must not be. */
    INEXACT("standing.inexact", Tone.BAD);

    private final String key;
    private final Tone tone;

    Standing(String key, Tone tone) {
        this.key = key;
        this.tone = tone;
    }

    String key() {
        return key;
    }

    Tone tone() {
        return tone;
    }
}
