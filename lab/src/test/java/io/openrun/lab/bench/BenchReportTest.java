package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchReportTest {

    private final BenchPlan plan = BenchPlan.of("B,J", 15, 3, 300_000);
    private final Results results = new Results();

    @BeforeEach
    void readDurability() {
        results.durability(new Durability("on", "on", "on", "18.6"));
    }

    @Test
    void aBarIsTheMedianOverTheMedianNeverTheBest() {
        sales(40_000, 60_000, 41_000);
        bare(80_000, 82_000, 84_000);

        JsonNode json = json();

        assertThat(json.propertyNames()).containsExactly("durability", "bars", "audits");
        assertThat(json.path("durability").toString())
                .isEqualTo("{\"fsync\":\"on\",\"synchronousCommit\":\"on\",\"fullPageWrites\":\"on\"}");
        JsonNode bar = json.path("bars").path("B");
        assertThat(bar.propertyNames()).containsExactly("ratio", "numerator", "denominator", "unit");
        assertThat(bar.path("ratio").asDouble()).isCloseTo(0.5, within(0.001));
        assertThat(bar.path("numerator").asDouble()).isEqualTo(41_000.0);
        assertThat(bar.path("denominator").asDouble()).isEqualTo(82_000.0);
        assertThat(json.path("audits")).hasSize(6);
    }

    @Test
    void aRunThatFailedItsAuditHasNoFigure() {
        results.add(
                Side.SALES, new Sample(90_000, 1, 0, 0, Map.of(), 1, 1, "", List.of(), List.of("there are 2 holds")));
        bare(80_000);

        assertThat(results.clean()).isFalse();
        assertThat(json().path("bars").path("B").path("ratio").isNull()).isTrue();
        assertThat(BenchReport.text(plan, results)).contains("no figure").contains("FAILED THEIR AUDIT");
    }

    @Test
    void theTableSaysWhatMakesTheFiguresHonest() {
        sales(50_000);
        bare(80_000);
        results.add(Side.TRAINED_START, Sample.seconds(3));
        results.add(Side.COLD_START, Sample.seconds(10));

        assertThat(BenchReport.text(plan, results))
                .contains("| B | ", "**0.625**", "0.5 reached", "| J | ", "**0.3**", "0.45 reached")
                .contains("fsync on, synchronous_commit on, full_page_writes on", "-XX:+Use", "every run passed");
    }

    private void sales(double... perSecond) {
        for (double value : perSecond) {
            results.add(Side.SALES, sample(value));
        }
    }

    private void bare(double... perSecond) {
        for (double value : perSecond) {
            results.add(Side.BARE_SALES, sample(value));
        }
    }

    private static Sample sample(double value) {
        return new Sample(value, 10, 0, 0, Map.of(), 1, 2, "", List.of(), List.of());
    }

    private JsonNode json() {
        return JsonMapper.builder().build().readTree(BenchReport.json(plan, results));
    }
}
