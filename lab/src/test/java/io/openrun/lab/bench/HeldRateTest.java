package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldRateTest {

    private static final Duration ANY = Duration.ofSeconds(1);

    private final List<Double> tried = new ArrayList<>();
    private double limit = 400;

    private final HeldRate rate = new HeldRate(new HeldRate.Selling() {

        @Override
        public double closedLoop(Duration measured) {
            return 380;
        }

        /** Everything is sold in time up to the limit; the sample's figure is the rate it was asked for. */
        @Override
        public SteadySale at(double perSecond, Duration measured) {
            tried.add(perSecond);
            return new SteadySale(
                    new Sample(perSecond, 1, 0, 0, Map.of(), 0, 0, "", List.of(), List.of()),
                    Math.min(1, limit / perSecond));
        }
    });

    @Test
    void risesFromTheClosedLoopToTheLastRateThatIsHeld() throws Exception {
        var sample = rate.search(ANY);

        assertThat(sample.valid()).isTrue();
        assertThat(sample.value()).isCloseTo(highestHeld(), within(0.01));
        assertThat(limit / sample.value()).isBetween(SteadySale.HELD, SteadySale.HELD * Math.pow(HeldRate.STEP, 0.25));
        assertThat(rate.perSecond()).isEqualTo(sample.value());
        assertThat(tried).hasSize(3 + HeldRate.HALVINGS);
    }

    @Test
    void goesOnFromTheLastRateWhereTheMachineHasSlowedDown() throws Exception {
        rate.search(ANY);
        tried.clear();
        limit = 350;

        var sample = rate.search(ANY);

        assertThat(sample.valid()).isTrue();
        assertThat(limit / sample.value()).isBetween(SteadySale.HELD, SteadySale.HELD * Math.pow(HeldRate.STEP, 0.25));
        assertThat(sample.value()).isCloseTo(highestHeld(), within(0.01));
        assertThat(rate.perSecond()).isEqualTo(sample.value());
    }

    private double highestHeld() {
        return tried.stream()
                .mapToDouble(Double::doubleValue)
                .filter(asked -> Math.min(1, limit / asked) >= SteadySale.HELD)
                .max()
                .orElseThrow();
    }

    @Test
    void hasNoFigureWhereNothingIsHeld() throws Exception {
        limit = 1;

        assertThat(rate.search(ANY).faults()).containsExactly("the rate was not held");
        assertThat(tried).hasSize(1 + HeldRate.MOST_STEPS);
    }

    @Test
    void hasNoRateBeforeASearch() {
        assertThatIllegalStateException().isThrownBy(rate::perSecond);
    }
}
