package io.openrun.lab.bench;

import io.openrun.engines.ShopPlan;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was measured: a Markdown table with what makes it honest beside it, and JSON. */
final class BenchReport {

    private BenchReport() {}

    /** One run in one line. */
    static String line(Side side, String when, Sample sample) {
        String counts = side.unit().equals("s")
                ? ""
                : "  sold %,d refused %,d failed %,d  p50 %.1f p99 %.1f ms  [%s]"
                        .formatted(
                                sample.sold(),
                                sample.refused(),
                                sample.failed(),
                                sample.p50Millis(),
                                sample.p99Millis(),
                                sample.machine());
        return "%-8s  %-40s %s %s%s%s%s"
                .formatted(
                        when,
                        side.title(),
                        value(side, sample.value()),
                        side.unit(),
                        counts,
                        sample.notes().isEmpty() ? "" : "  " + String.join("; ", sample.notes()),
                        sample.valid() ? "" : "  NO FIGURE: " + String.join("; ", sample.faults()));
    }

    static String text(BenchPlan plan, Results results) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("| bar | what | ratio | low - high | numerator | denominator | reach | stretch |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (Bar bar : plan.bars()) {
            lines.add(results.figure(bar)
                    .map(BenchReport::row)
                    .orElse("| %s | %s | no figure | | | | | |".formatted(bar, bar.meaning())));
        }
        lines.add("");
        lines.add("| side | median | min | max | sold | refused | failed |");
        lines.add("|---|---|---|---|---|---|---|");
        results.samples().forEach((side, samples) -> lines.add(sideRow(side, samples, results)));
        lines.add("");
        Durability durability = results.durability();
        lines.add("PostgreSQL %s: fsync %s, synchronous_commit %s, full_page_writes %s"
                .formatted(
                        durability.serverVersion(),
                        durability.fsync(),
                        durability.synchronousCommit(),
                        durability.fullPageWrites()));
        lines.add("%d rounds of %d s, interleaved, after %d s of warming; median, lowest and highest of the rounds"
                .formatted(
                        plan.rounds(), plan.measured().toSeconds(), plan.warm().toSeconds()));
        lines.add("%,d distinct shoppers with verified tokens, nobody twice at the same drop; closed loop"
                .formatted(plan.shoppers()));
        lines.add("connections: %,d; bar F also %,d; redis-lock %,d; one sale per transaction: %,d JDBC clients"
                .formatted(
                        Bench.MANY_CONNECTIONS,
                        Bench.FEW_CONNECTIONS,
                        Bench.LOCK_CONNECTIONS,
                        OneSalePerTransaction.CLIENTS));
        lines.add(
                "bar E: open loop over %,d connections, in each round the highest rate of which redis-lock sold %.0f %% in time"
                        .formatted(SteadySale.CONNECTIONS, 100 * SteadySale.HELD));
        lines.add("JVM of shop and bare server: " + String.join(" ", ShopPlan.JVM_OPTIONS));
        lines.add("generator: %d threads in this JVM, on the same %d cores; %s"
                .formatted(
                        HttpRun.THREADS,
                        Runtime.getRuntime().availableProcessors(),
                        String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments())));
        lines.add(results.clean() ? "every run passed its audit" : "SOME RUNS FAILED THEIR AUDIT and have no figure");
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    static String json(BenchPlan plan, Results results) {
        Durability durability = results.durability();
        Map<String, Object> durable = new LinkedHashMap<>();
        durable.put("fsync", durability.fsync());
        durable.put("synchronousCommit", durability.synchronousCommit());
        durable.put("fullPageWrites", durability.fullPageWrites());
        Map<String, Object> bars = new LinkedHashMap<>();
        plan.bars().forEach(bar -> bars.put(bar.name(), bar(bar, results)));
        List<Object> audits = new ArrayList<>();
        results.samples().forEach((side, samples) -> {
            for (int i = 0; i < samples.size(); i++) {
                audits.add(audit(side, i + 1, samples.get(i)));
            }
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("durability", durable);
        json.put("bars", bars);
        json.put("audits", audits);
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> bar(Bar bar, Results results) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ratio", results.figure(bar).map(f -> rounded(f.ratio())).orElse(null));
        json.put(
                "numerator",
                results.series(bar.numerator()).map(s -> rounded(s.median())).orElse(null));
        json.put(
                "denominator",
                results.series(bar.denominator()).map(s -> rounded(s.median())).orElse(null));
        json.put("unit", bar.unit());
        return json;
    }

    private static Map<String, Object> audit(Side side, int round, Sample sample) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("side", side.name());
        json.put("round", round);
        json.put("sold", sample.sold());
        json.put("refused", sample.refused());
        json.put("failed", sample.failed());
        json.put("notes", sample.notes());
        json.put("passed", sample.valid());
        json.put("faults", sample.faults());
        return json;
    }

    private static String row(Results.Figure figure) {
        Bar bar = figure.bar();
        return "| %s | %s | **%s** | %s - %s | %s %s | %s %s | %s%s | %s |"
                .formatted(
                        bar,
                        bar.meaning(),
                        rounded(figure.ratio()),
                        rounded(figure.low()),
                        rounded(figure.high()),
                        value(bar.numerator(), figure.numerator().median()),
                        bar.unit(),
                        value(bar.denominator(), figure.denominator().median()),
                        bar.unit(),
                        bar.reach(),
                        figure.reached() ? " reached" : " missed",
                        bar.stretch());
    }

    private static String sideRow(Side side, List<Sample> samples, Results results) {
        return results.series(side)
                .map(s -> "| %s | %s %s | %s | %s | %,d | %,d | %,d |"
                        .formatted(
                                side.title(),
                                value(side, s.median()),
                                side.unit(),
                                value(side, s.min()),
                                value(side, s.max()),
                                samples.stream().mapToLong(Sample::sold).sum(),
                                samples.stream().mapToLong(Sample::refused).sum(),
                                samples.stream().mapToLong(Sample::failed).sum()))
                .orElse("| %s | no figure | | | | | |".formatted(side.title()));
    }

    private static String value(Side side, double value) {
        return side.unit().equals("1/s") ? "%,.0f".formatted(value) : "%.2f".formatted(value);
    }

    /** Four digits are more than the spread allows. */
    private static BigDecimal rounded(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
