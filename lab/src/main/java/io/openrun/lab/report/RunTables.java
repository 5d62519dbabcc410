package io.openrun.lab.report;

import io.openrun.lab.contention.LabRun;
import io.openrun.lab.report.Table.Cell;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs as tables: the whole of them, field by field as in the JSON, or what matters for one question. */
final class RunTables {

    /** Fields that count what must not happen. */
    private static final Set<String> FAULTS = Set.of(
            "oversold",
            "undersold",
            "duplicates",
            "limitViolations",
            "sequenceGaps",
            "lost",
            "unclaimed",
            "stuck",
            "miscounted");

    private final Words words;

    RunTables(Words words) {
        this.words = words;
    }

    /** Every field of every run, unrounded. A field that is added to the results is here without anyone's doing. */
    Table all(List<LabRun> runs) {
        List<Map<String, Cell>> rows = runs.stream().map(this::fields).toList();
        List<String> headers = rows.isEmpty()
                ? List.of()
                : rows.getFirst().keySet().stream().map(this::title).toList();
        return new Table(
                headers,
                rows.stream()
                        .map(row -> (List<Cell>) new ArrayList<>(row.values()))
                        .toList());
    }

    /** Some fields of some runs, rounded; {@code latencyMillis.p99} is a field too. */
    Table of(List<LabRun> runs, String... fields) {
        return new Table(
                Arrays.stream(fields).map(this::title).toList(),
                runs.stream()
                        .map(run -> {
                            Map<String, Cell> all = fields(run);
                            return Arrays.stream(fields)
                                    .map(field -> rounded(field, all.getOrDefault(field, Cell.text(""))))
                                    .toList();
                        })
                        .toList());
    }

    /** What went wrong in a run, counted; empty when nothing did. */
    String faults(LabRun run) {
        Map<String, Cell> fields = fields(run);
        return List.of(
                        "oversold",
                        "undersold",
                        "duplicates",
                        "limitViolations",
                        "sequenceGaps",
                        "lost",
                        "unclaimed",
                        "stuck",
                        "miscounted",
                        "deadlocks",
                        "lockTimeouts",
                        "failed")
                .stream()
                .filter(fields::containsKey)
                .filter(field -> !"0".equals(cell(fields, field)))
                .map(field -> title(field) + " " + Figures.whole(Long.parseLong(cell(fields, field))))
                .collect(Collectors.joining(words.get("list.separator")));
    }

    private static String cell(Map<String, Cell> fields, String field) {
        return fields.getOrDefault(field, Cell.text("")).text();
    }

    String title(String field) {
        return words.find("field." + field).orElse(field);
    }

    private Cell rounded(String field, Cell cell) {
        return switch (field) {
            case "strategy" -> Cell.text(Words.code(cell.text())).to(StrategyPages.anchor(cell.text()));
            case "workload" -> Cell.text(words.find("workload." + cell.text()).orElse(cell.text()));
            default ->
                cell.numeric() && !cell.equals(Cell.NONE)
                        ? Cell.figure(Double.parseDouble(cell.text())).tone(cell.tone())
                        : cell;
        };
    }

    private Map<String, Cell> fields(LabRun run) {
        Map<String, Cell> fields = new LinkedHashMap<>();
        for (RecordComponent component : LabRun.class.getRecordComponents()) {
            put(fields, component.getName(), value(component, run));
        }
        return fields;
    }

    private static void put(Map<String, Cell> fields, String name, Object value) {
        switch (value) {
            case LabRun.Percentiles none
            when !none.wereMeasured() ->
                Arrays.stream(LabRun.Percentiles.class.getRecordComponents())
                        .forEach(part -> fields.put(name + "." + part.getName(), Cell.NONE));
            case Record parts -> {
                for (RecordComponent part : parts.getClass().getRecordComponents()) {
                    put(fields, name + "." + part.getName(), value(part, parts));
                }
            }
            case Map<?, ?> parts ->
                fields.put(
                        name,
                        Cell.text(parts.entrySet().stream()
                                .map(part -> part.getKey() + " " + part.getValue())
                                .collect(Collectors.joining(", "))));
            case List<?> parts ->
                fields.put(name, Cell.text(parts.stream().map(String::valueOf).collect(Collectors.joining("; "))));
            case Number number ->
                fields.put(
                        name,
                        Cell.figure(BigDecimal.valueOf(number.doubleValue())
                                        .stripTrailingZeros()
                                        .toPlainString())
                                .tone(FAULTS.contains(name) && number.doubleValue() != 0 ? Tone.BAD : Tone.PLAIN));
            default -> fields.put(name, Cell.text(value.toString()));
        }
    }

    private static Object value(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
