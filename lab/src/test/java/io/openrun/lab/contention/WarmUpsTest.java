package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.strategies.LabStrategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpsTest {

    private final WarmUps warmUps = new WarmUps();
    private final Contestant contestant = Contestant.of(LabStrategy.GROUP_COMMIT);

    @Test
    void areLongOnceForEachContestantInEachProcess() {
        Duration first = warmUps.next(contestant, List.of(1L));
        Duration again = warmUps.next(contestant, List.of(1L));

        assertThat(first).isGreaterThan(again);
        assertThat(warmUps.next(Contestant.of(LabStrategy.OPTIMISTIC), List.of(1L)))
                .isEqualTo(first);
        assertThat(warmUps.next(contestant, List.of(1L, 2L)))
                .as("a second process has never sold")
                .isEqualTo(first);
        assertThat(warmUps.next(contestant, List.of(1L, 2L))).isEqualTo(again);
        assertThat(warmUps.next(contestant, List.of(3L)))
                .as("a process that was replaced is cold")
                .isEqualTo(first);
    }
}
