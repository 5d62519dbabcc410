package io.openrun.lab.contention;

import io.openrun.lab.strategies.LabStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to measure, checked.
 *
 * @param buyers people in a sell-out
 * @param stock units in a sell-out
 * @param limit most units one person may have
 * @param instances how many processes sell at once
 * @param clients how many buyers there are at a time
 * @param products how many stocks there are
 * @param seconds how long each run that is not a sell-out is measured
 * @param rounds how often each run is repeated; null for what the places are worth
 */
record LabPlan(
        List<LabStrategy> strategies,
        List<Workload> workloads,
        int buyers,
        int stock,
        int limit,
        List<Integer> instances,
        List<Integer> clients,
        List<Integer> products,
        Over over,
        long seed,
        int seconds,
        @Nullable Integer rounds) {

    static final int BUYERS_MAX = 1_000_000;
    static final int STOCK_MAX = 1_000_000;
    static final int LIMIT_MAX = 100;
    static final int INSTANCES_MAX = 8;
    static final int CLIENTS_MAX = 10_000;
    static final int PRODUCTS_MAX = 1_000;
    static final int SECONDS_MAX = 600;
    static final int ROUNDS_MAX = 100;

    /** How often the places that answer the questions are measured when nobody said how often and there is time. */
    static final int MOST_USUAL_ROUNDS = 3;

    private static final Duration USUAL_TIME = Duration.ofMinutes(9);

    /** The number of buyers at a time at which the workloads are run that are not run at each. */
    private static final int USUAL_CLIENTS = 256;

    /** And for orders of several stocks, which take long. */
    private static final int ORDER_CLIENTS = 32;

    /** Orders of several stocks meet more often where there are few. */
    private static final int ORDER_PRODUCTS_MAX = 10;

    private static final int ORDER_PRODUCTS_MIN = 4;

    private static final Comparator<Cell> MANY_CLIENTS_FIRST =
            Comparator.comparingInt(Cell::clients).reversed();

    /** How purchases reach an instance. */
    enum Over {
        IN_PROCESS("in-process"),
        HTTP("http");

        private final String title;

        Over(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        static Over named(String title) {
            return Stream.of(values())
                    .filter(over -> over.title.equals(title))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("--over is in-process or http, and not " + title + "."));
        }
    }

    /** Checks the bounds; what is thrown says in one sentence what is wrong. */
    LabPlan {
        notEmpty("--strategies", strategies);
        notEmpty("--workloads", workloads);
        within("--buyers", buyers, BUYERS_MAX);
        within("--stock", stock, STOCK_MAX);
        within("--limit", limit, LIMIT_MAX);
        instances = counts("--instances", instances, INSTANCES_MAX);
        clients = counts("--clients", clients, CLIENTS_MAX);
        products = counts("--products", products, PRODUCTS_MAX);
        within("--seconds", seconds, SECONDS_MAX);
        within("--rounds", rounds == null ? 1 : rounds, ROUNDS_MAX);
        strategies = List.copyOf(strategies);
        workloads = List.copyOf(workloads);
    }

    /** The same, if every instance has a buyer in every place; what is thrown says where one has none. */
    LabPlan checked() {
        cells().stream()
                .filter(cell -> cell.clients() < cell.instances())
                .findFirst()
                .ifPresent(cell -> {
                    throw new IllegalArgumentException(
                            "%s with %d clients on %d instances leaves one without a buyer; change --clients or --instances."
                                    .formatted(cell.workload().title(), cell.clients(), cell.instances()));
                });
        return this;
    }

    /** Everything that each strategy is measured in, in the order of the workloads. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Workload workload : workloads) {
            switch (workload) {
                case SELL_OUT -> instances.forEach(n -> cells.add(cell(workload, n, most(clients), 1)));
                case SUSTAINED -> {
                    clients.forEach(c -> cells.add(cell(workload, least(instances), c, 1)));
                    instances.stream()
                            .filter(n -> n != least(instances))
                            .forEach(n -> cells.add(cell(workload, n, oneOf(USUAL_CLIENTS), 1)));
                }
                case SCATTERED -> cells.add(cell(workload, least(instances), oneOf(USUAL_CLIENTS), most(products)));
                case MULTI_ITEM ->
                    cells.add(cell(
                            workload,
                            most(instances),
                            oneOf(ORDER_CLIENTS),
                            Math.clamp(most(products), ORDER_PRODUCTS_MIN, ORDER_PRODUCTS_MAX)));
                case ABANDONMENT -> cells.add(cell(workload, most(instances), oneOf(USUAL_CLIENTS), 1));
            }
        }
        return cells;
    }

    /** Who is measured in that place. */
    List<Contestant> contestants(Cell cell) {
        Stream<Contestant> all = strategies.stream().map(Contestant::of);
        return cell.workload() == Workload.MULTI_ITEM && strategies.contains(LabStrategy.PESSIMISTIC)
                ? Stream.concat(all, Contestant.ofSeveralRows().stream()).toList()
                : all.toList();
    }

    /**
     * Once through a place with all contestants.
     *
     * @param round from 0
     * @param ifTime whether it is left out when the usual time is over
     */
    record Step(Cell cell, int round, boolean ifTime) {}

    /**
     * What to do in turn: round by round. When nobody said how many: everything that answers a question once, and then, as
     * long as the usual time lasts, the main places again, other numbers of clients, and the main places a third time.
     */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        if (rounds != null) {
            for (int round = 0; round < rounds; round++) {
                add(steps, cells(), round, false);
            }
            return steps;
        }
        List<Cell> main = cells().stream().filter(this::isMain).toList();
        List<Cell> others = cells().stream().filter(cell -> !isMain(cell)).toList();
        add(steps, main, 0, false);
        add(steps, others.stream().filter(cell -> !isScaling(cell)).toList(), 0, false);
        add(steps, main, 1, true);
        add(
                steps,
                others.stream()
                        .filter(LabPlan::isScaling)
                        .sorted(MANY_CLIENTS_FIRST)
                        .toList(),
                0,
                true);
        for (int round = 2; round < MOST_USUAL_ROUNDS; round++) {
            add(steps, main, round, true);
        }
        return steps;
    }

    private static void add(List<Step> steps, List<Cell> cells, int round, boolean ifTime) {
        cells.forEach(cell -> steps.add(new Step(cell, round, ifTime)));
    }

    /** Who oversells, who is fastest out of one stock and out of many: everything else is beside the question. */
    private boolean isMain(Cell cell) {
        return switch (cell.workload()) {
            case SELL_OUT, SCATTERED -> true;
            case SUSTAINED -> cell.clients() == oneOf(USUAL_CLIENTS);
            case MULTI_ITEM, ABANDONMENT -> false;
        };
    }

    private static boolean isScaling(Cell cell) {
        return cell.workload() == Workload.SUSTAINED;
    }

    /** Nothing is begun that may be left out and would not be done by then. */
    Duration usualTime() {
        return USUAL_TIME;
    }

    int mostInstances() {
        return most(instances);
    }

    /** All options, written out. */
    String command() {
        return "./openrun lab --strategies %s --workloads %s --buyers %d --stock %d --limit %d --instances %s"
                        .formatted(
                                titles(strategies.stream().map(LabStrategy::title)),
                                titles(workloads.stream().map(Workload::title)),
                                buyers,
                                stock,
                                limit,
                                titles(instances.stream()))
                + " --clients %s --products %s --over %s --seed %d --seconds %d"
                        .formatted(titles(clients.stream()), titles(products.stream()), over.title(), seed, seconds)
                + (rounds == null ? "" : " --rounds " + rounds);
    }

    private Cell cell(Workload workload, int instances, int clients, int products) {
        return new Cell(workload, instances, clients, products);
    }

    private int oneOf(int wanted) {
        return clients.contains(wanted) ? wanted : most(clients);
    }

    private static int most(List<Integer> counts) {
        return Collections.max(counts);
    }

    private static int least(List<Integer> counts) {
        return Collections.min(counts);
    }

    private static String titles(Stream<?> titles) {
        return String.join(",", titles.map(String::valueOf).toList());
    }

    private static void notEmpty(String option, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(option + " must name at least one.");
        }
    }

    private static void within(String option, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("%s must be 1 to %,d, and not %,d.".formatted(option, max, value));
        }
    }

    private static List<Integer> counts(String option, List<Integer> values, int max) {
        notEmpty(option, values);
        values.forEach(value -> within(option, value, max));
        return values.stream().distinct().sorted().toList();
    }
}
