package io.openrun.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Maps values to places on a line, evenly or by powers of ten. */
final class Axis {

    private static final double SPREAD_THAT_NEEDS_POWERS = 25;
    private static final int MOST_TICKS = 5;

    private final boolean powers;
    private final double low;
    private final double high;
    private final double from;
    private final double to;

    private Axis(boolean powers, double low, double high, double from, double to) {
        this.powers = powers;
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
    }

    /** From zero to the largest value. */
    static Axis even(List<Double> values, double from, double to) {
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return new Axis(false, 0, largest > 0 ? largest : 1, from, to);
    }

    /** By powers of ten where the values need it, otherwise from zero. */
    static Axis fitting(List<Double> values, double from, double to) {
        double least = least(values);
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return largest / least > SPREAD_THAT_NEEDS_POWERS ? powers(values, from, to) : even(values, from, to);
    }

    /** By powers of ten, from the power below the least value. */
    static Axis powers(List<Double> values, double from, double to) {
        double low = Math.pow(10, Math.floor(Math.log10(least(values) * 0.999)));
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return new Axis(true, low, Math.max(largest, low * 10), from, to);
    }

    private static double least(List<Double> values) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(v -> v > 0)
                .min()
                .orElse(1);
    }

    boolean isByPowers() {
        return powers;
    }

    double at(double value) {
        double share =
                powers ? Math.log10(Math.max(value, low) / low) / Math.log10(high / low) : Math.max(value, 0) / high;
        return from + Math.min(share, 1) * (to - from);
    }

    double start() {
        return from;
    }

    /** Round values worth a line across the chart. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (powers) {
            for (double tick = low; tick <= high * 1.0001; tick *= 10) {
                ticks.add(tick);
            }
            return ticks;
        }
        double power = Math.pow(10, Math.floor(Math.log10(high)));
        double step = Stream.of(power / 10, power / 5, power / 2, power, power * 2, power * 5)
                .filter(s -> high / s <= MOST_TICKS)
                .findFirst()
                .orElse(power * 10);
        for (int i = 0; i * step <= high * 1.0001; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
