package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.strategies.LabStrategy;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabPlanTest {

    @Test
    void measuresWhateverAnswersAQuestionOnceBeforeAnythingTwice() {
        var steps = plan(null).steps();
        var always = steps.stream().filter(step -> !step.ifTime()).toList();

        assertThat(steps).startsWith(always.toArray(LabPlan.Step[]::new));
        assertThat(always).extracting(LabPlan.Step::round).containsOnly(0);
        assertThat(always).extracting(LabPlan.Step::cell).doesNotHaveDuplicates();
        assertThat(always)
                .extracting(step -> step.cell().workload())
                .containsOnlyOnceElementsOf(List.of(Workload.MULTI_ITEM, Workload.ABANDONMENT))
                .contains(Workload.SELL_OUT, Workload.SUSTAINED, Workload.SCATTERED);
        assertThat(sustainedClients(always)).containsOnly(256);
    }

    @Test
    void repeatsTheMainPlacesAndTriesOtherNumbersOfClientsWhileThereIsTime() {
        var spare = plan(null).steps().stream().filter(LabPlan.Step::ifTime).toList();

        assertThat(spare.getFirst().round()).isEqualTo(1);
        assertThat(spare.getLast().round()).isEqualTo(2);
        assertThat(spare.stream().map(LabPlan.Step::round).distinct()).containsExactly(1, 0, 2);
        assertThat(sustainedClients(
                        spare.stream().filter(step -> step.round() == 0).toList()))
                .containsExactlyInAnyOrder(1, 32, 1_000);
    }

    @Test
    void doesAllThatItIsAskedForHoweverLongItTakes() {
        var steps = plan(2).steps();

        assertThat(steps).noneMatch(LabPlan.Step::ifTime);
        assertThat(steps).hasSize(2 * plan(2).cells().size());
    }

    private static List<Integer> sustainedClients(List<LabPlan.Step> steps) {
        return steps.stream()
                .map(LabPlan.Step::cell)
                .filter(cell -> cell.workload() == Workload.SUSTAINED)
                .map(Cell::clients)
                .distinct()
                .collect(Collectors.toList());
    }

    private static LabPlan plan(@Nullable Integer rounds) {
        return new LabPlan(
                List.of(LabStrategy.values()),
                List.of(Workload.values()),
                1_000,
                100,
                2,
                List.of(1),
                List.of(1, 32, 256, 1_000),
                List.of(1, 100),
                LabPlan.Over.IN_PROCESS,
                1,
                1,
                rounds);
    }
}
