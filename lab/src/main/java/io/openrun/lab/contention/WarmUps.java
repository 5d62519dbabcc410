package io.openrun.lab.contention;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Knows which contestant has sold in which processes, so that none is measured in one that is cold. */
final class WarmUps {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Set<Warm> warm = new HashSet<>();

    private record Warm(Contestant contestant, List<Long> processes) {}

    /**
     * How long the contestant has to sell in those processes before it is measured: long, the first time that it sells
     * in just these together. A process that was replaced has another number.
     */
    Duration next(Contestant contestant, List<Long> processes) {
        return warm.add(new Warm(contestant, List.copyOf(processes))) ? FIRST : AGAIN;
    }
}
