package io.openrun.lab.rush;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InversionsTest {

    @Test
    void nobodyIsOvertakenWhenPlacesFollowTheArrivals() {
        assertThat(Inversions.count(List.of(winner(1, 0, 10), winner(2, 11, 20), winner(3, 21, 30)), List.of(40L)))
                .isZero();
    }

    @Test
    void aWinnerWhoCameAfterAnothersAnswerYetStandsBeforeThemIsAnInversion() {
        assertThat(Inversions.count(List.of(winner(2, 0, 10), winner(1, 11, 20)), List.of()))
                .isEqualTo(1);
    }

    @Test
    void requestsUnderWayAtTheSameTimeHaveNoOrder() {
        assertThat(Inversions.count(List.of(winner(2, 0, 10), winner(1, 10, 20)), List.of(10L)))
                .isZero();
    }

    @Test
    void aWinnerWhoCameAfterSomeoneWasToldSoldOutIsAnInversion() {
        assertThat(Inversions.count(List.of(winner(1, 0, 10), winner(2, 31, 40)), List.of(50L, 30L)))
                .isEqualTo(1);
    }

    @Test
    void eachWinnerServedOutOfTurnCountsOnce() {
        List<Winner> winners = List.of(winner(3, 0, 10), winner(4, 0, 10), winner(1, 20, 30), winner(2, 20, 30));

        assertThat(Inversions.count(winners, List.of(15L))).isEqualTo(2);
    }

    private static Winner winner(long sequence, long sentNanos, long answeredNanos) {
        return new Winner((int) sequence, "order-" + sequence, sequence, 1, sentNanos, answeredNanos);
    }
}
