package io.openrun.lab.rush;

import io.openrun.lab.rush.Verdict.Percentiles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes a verdict for people, and for programs. */
final class RushReport {

    private RushReport() {}

    static String text(Verdict v) {
        StringBuilder text = new StringBuilder();
        RushPlan plan = v.plan();
        line(text, "");
        line(text, "%,d shoppers, %,d units, at most %,d each".formatted(plan.buyers(), plan.stock(), plan.limit()));
        line(text, "");
        line(text, "  sold          %,d of %,d".formatted(v.sold(), plan.stock()));
        v.refused().forEach((code, count) -> line(text, "  refused       %,d %s".formatted(count, code)));
        line(text, "  oversold      %,d".formatted(v.oversold()));
        line(text, "  duplicates    %,d".formatted(v.duplicates()));
        line(text, "  lost          %,d".formatted(v.lost()));
        line(text, "  inversions    %,d".formatted(v.inversions()));
        line(text, "  errors        %,d".formatted(v.errors()));
        line(text, "");
        line(text, "  milliseconds from the opening     p50       p95       p99       max");
        line(text, percentiles("winners", v.winners()));
        line(text, percentiles("everyone", v.all()));
        line(text, v.selloutMillis() < 0 ? "  not sold out" : "  sold out after %.1f ms".formatted(v.selloutMillis()));
        line(text, "  all requests were on their way after %.1f ms".formatted(v.sentMillis()));
        line(text, "");
        v.orders().forEach((status, count) -> line(text, "  %-24s%,d".formatted(status, count)));
        line(text, "  %-24s%,d".formatted("money received", v.paid()));
        v.findings().forEach(finding -> line(text, "  ! " + finding));
        line(text, "");
        line(
                text,
                v.clean()
                        ? "Exactly the stock, to the first who came, and nothing lost."
                        : "Something is wrong: see the counts above zero.");
        return text.toString();
    }

    static String json(Verdict v) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("buyers", v.plan().buyers());
        json.put("stock", v.plan().stock());
        json.put("sold", v.sold());
        json.put("refused", v.refused());
        json.put("oversold", v.oversold());
        json.put("duplicates", v.duplicates());
        json.put("lost", v.lost());
        json.put("inversions", v.inversions());
        json.put("errors", v.errors());
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("winners", v.winners());
        latency.put("all", v.all());
        json.put("latencyMillis", latency);
        json.put(
                "selloutMillis",
                v.selloutMillis() < 0
                        ? null
                        : BigDecimal.valueOf(v.selloutMillis()).setScale(3, RoundingMode.HALF_UP));
        json.put("orders", v.orders());
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static String percentiles(String who, Percentiles p) {
        return "  %-26s%,11.1f%,10.1f%,10.1f%,10.1f".formatted(who, p.p50(), p.p95(), p.p99(), p.max());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
