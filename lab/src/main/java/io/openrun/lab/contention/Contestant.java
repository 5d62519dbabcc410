package io.openrun.lab.contention;

import io.openrun.lab.strategies.LabStrategy;
import io.openrun.lab.strategies.LabStrategy.Safety;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is compared: a strategy, or one of the two ways to take several rows in one transaction.
 *
 * @param strategy null for the latter
 */
public record Contestant(String title, @Nullable LabStrategy strategy) {

    private static final String SORTED = "pessimistic-one-transaction-sorted";
    private static final String UNSORTED = "pessimistic-one-transaction-unsorted";

    /** That strategy. */
    public static Contestant of(LabStrategy strategy) {
        return new Contestant(strategy.title(), strategy);
    }

    /** The two that only make sense for orders of several stocks. */
    public static List<Contestant> ofSeveralRows() {
        return Stream.of(UNSORTED, SORTED)
                .map(title -> new Contestant(title, null))
                .toList();
    }

    /**
     * The contestant of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Contestant named(String title) {
        return LabStrategy.named(title)
                .map(Contestant::of)
                .or(() -> ofSeveralRows().stream()
                        .filter(c -> c.title.equals(title))
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("There is no strategy " + title + "."));
    }

    /** Whether it takes the rows of an order in the same order as all others do. */
    public boolean takesRowsInOneOrder() {
        return title.equals(SORTED);
    }

    /** Whether orders of several rows wait for each other in it. */
    public boolean deadlocks() {
        return title.equals(UNSORTED);
    }

    /** Whether the tables' constraints stand behind it. */
    public boolean hasConstraints() {
        return strategy == null || strategy.hasConstraints();
    }

    /** Whether it promises to be exact on any number of instances, so that it is a fault when it is not. */
    public boolean isSafe() {
        return strategy == null || strategy.safety() == Safety.SAFE;
    }
}
