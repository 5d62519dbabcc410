package io.openrun.lab.report;

import java.util.Locale;

/** Writes numbers for people: as many digits as the measurement is good for. */
final class Figures {

    private Figures() {}

    static String rounded(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size >= 99.95) {
            return whole(Math.round(value));
        }
        return trimmed(size >= 9.995 ? "%.1f" : size >= 0.0995 ? "%.2f" : "%.3f", value);
    }

    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** How many times one is the other. */
    static String times(double ratio) {
        return ratio >= 9.95
                ? whole(Math.round(ratio))
                : trimmed(ratio < 0.0995 ? "%.3f" : ratio < 1.5 ? "%.2f" : "%.1f", ratio);
    }

    /** For axes, where there is little room: {@code 10k}. */
    static String brief(double value) {
        if (value >= 1_000_000) {
            return trimmed("%.1f", value / 1_000_000) + "M";
        }
        return value >= 1_000 ? trimmed("%.1f", value / 1_000) + "k" : trimmed(value < 0.1 ? "%.3f" : "%.2f", value);
    }

    private static String trimmed(String format, double value) {
        String text = String.format(Locale.ROOT, format, value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
