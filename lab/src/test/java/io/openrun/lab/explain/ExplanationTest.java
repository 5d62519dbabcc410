package io.openrun.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import io.openrun.lab.strategies.LabStrategy;
import io.openrun.stock.HoldResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every strategy does to two buyers and one unit what its scenes say, on real engines: who oversells and who does not,
 * decided by where the buyers are held up and not by luck.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplanationTest {

    private static final int PAGE_WIDTH = 100;

    private Explanation explanation;

    @BeforeAll
    void startEngines() {
        explanation = new Explanation(
                SharedEngines.newDatabase(), SharedEngines.redis().url());
    }

    static Stream<Arguments> scenes() {
        return Arrays.stream(LabStrategy.values()).flatMap(strategy -> Scenes.of(strategy).stream()
                .map(scene -> Arguments.argumentSet(strategy.title() + ": " + scene.title(), strategy, scene)));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void endsAsItsSceneSays(LabStrategy strategy, Scene scene) {
        Outcome outcome = explanation.play(strategy, scene);

        String page = page(outcome);
        assertThat(outcome.asExpected()).as(page).isTrue();
        assertThat(sold(outcome)).as(page).isEqualTo(scene.oversells() ? 2 : 1);
        assertThat(outcome.audit().oversold()).as(page).isEqualTo(scene.oversells() ? 1 : 0);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(PAGE_WIDTH));
    }

    @Test
    void showsWhoWaitedForWhomInTheDatabase() {
        Outcome outcome = explanation.play(
                LabStrategy.PESSIMISTIC, Scenes.of(LabStrategy.PESSIMISTIC).getFirst());

        assertThat(page(outcome))
                .contains("FOR UPDATE")
                .contains("waits in the database")
                .contains("for Buyer A");
    }

    @ParameterizedTest
    @EnumSource(
            value = LabStrategy.class,
            names = {"CONDITIONAL_UPDATE", "PESSIMISTIC"})
    void endsATransactionOnceThatCommitsInTheMessageThatWrites(LabStrategy strategy) {
        Outcome outcome = explanation.play(strategy, Scenes.of(strategy).getFirst());

        Lane winner = outcome.lanes().getFirst();
        assertThat(outcome.events().stream().filter(event -> event.lane() == winner))
                .extracting(Script.Event::text)
                .anyMatch(text -> text.endsWith("; COMMIT"))
                .noneMatch(text -> text.contains("ROLLBACK"));
    }

    @Test
    void showsTheLockThatWasLostAndTheFenceThatHeld() {
        List<Scene> scenes = Scenes.of(LabStrategy.REDIS_LOCK);

        Outcome outcome = explanation.play(LabStrategy.REDIS_LOCK, scenes.getLast());

        assertThat(page(outcome)).contains("EXISTS → 0").contains("← 0 rows");
        assertThat(outcome.answers().getFirst()).isEqualTo(new HoldResult.SoldOut());
        assertThat(outcome.answers().getLast()).isInstanceOf(HoldResult.Held.class);
    }

    private static long sold(Outcome outcome) {
        return outcome.answers().stream()
                .filter(HoldResult.Held.class::isInstance)
                .count();
    }

    private static String page(Outcome outcome) {
        StringWriter page = new StringWriter();
        new Sheet(new PrintWriter(page)).scene(outcome);
        return page.toString();
    }
}
