package io.openrun.lab.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that was measured, by side; a run that failed its audit is kept, but makes no figure. */
final class Results {

    private final Map<Side, List<Sample>> samples = new EnumMap<>(Side.class);
    private Durability durability = new Durability("unknown", "unknown", "unknown", "unknown");

    void add(Side side, Sample sample) {
        samples.computeIfAbsent(side, s -> new ArrayList<>()).add(sample);
    }

    void durability(Durability read) {
        durability = read;
    }

    Durability durability() {
        return durability;
    }

    Map<Side, List<Sample>> samples() {
        return samples;
    }

    /** The runs of a side that passed their audit, empty when there is none. */
    Optional<Series> series(Side side) {
        List<Double> values = samples.getOrDefault(side, List.of()).stream()
                .filter(Sample::valid)
                .map(Sample::value)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Series(values));
    }

    /** Median over median, empty when one side has no valid run. */
    Optional<Figure> figure(Bar bar) {
        Optional<Series> numerator = series(bar.numerator());
        Optional<Series> denominator = series(bar.denominator());
        return numerator.isEmpty() || denominator.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(bar, numerator.get(), denominator.get()));
    }

    /** Whether every run passed its audit. */
    boolean clean() {
        return samples.values().stream().flatMap(List::stream).allMatch(Sample::valid);
    }

    /** A bar's ratio and what it was made of. */
    record Figure(Bar bar, Series numerator, Series denominator) {

        double ratio() {
            return numerator.median() / denominator.median();
        }

        /** The least favourable pairing of runs: how low the ratio could be. */
        double low() {
            return numerator.min() / denominator.max();
        }

        double high() {
            return numerator.max() / denominator.min();
        }

        boolean reached() {
            return bar.reached(ratio());
        }
    }
}
