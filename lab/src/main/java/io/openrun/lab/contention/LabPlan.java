package io.openrun.lab.contention;

import io.openrun.lab.strategies.LabStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param rounds how often each run is repeated; null for as often as there is time
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

    /** How often, and within what time, when nobody said how often. */
    private static final int USUAL_ROUNDS = 3;

    private static final Duration USUAL_TIME = Duration.ofMinutes(9);

    /** The number of buyers at a time at which the workloads are run that are not run at each. */
    private static final int USUAL_CLIENTS = 256;

    /** And for orders of several stocks, which take long. */
    private static final int ORDER_CLIENTS = 32;

    /** Orders of several stocks meet more often where there are few. */
    private static final int ORDER_PRODUCTS_MAX = 10;

    private static final int ORDER_PRODUCTS_MIN = 4;

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
        if (Collections.min(clients) < Collections.max(instances) && clients.size() == 1) {
            throw new IllegalArgumentException("--clients must be at least as many as --instances: every instance"
                    + " needs a buyer, and " + clients.getFirst() + " is fewer than " + Collections.max(instances)
                    + ".");
        }
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

    /** The most rounds. */
    int roundsMax() {
        return rounds == null ? USUAL_ROUNDS : rounds;
    }

    /** After this long no run is repeated any more. */
    Duration repeatsWithin() {
        return rounds == null ? USUAL_TIME : Duration.ofDays(1);
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
        return new Cell(workload, instances, Math.max(clients, instances), products);
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
