package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Instruction;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Task;
import io.openrun.lab.load.Latency;
import io.openrun.stock.StockSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/** Runs one contestant in one place of the matrix: fresh tables, a warm-up, the run, the audit. */
final class Measuring {

    /** Opening, warming up, lead-in, overtime and the audit, roughly. */
    private static final double AROUND_SECONDS = 1.8;

    /** Until everybody in a sale that ends by itself has an answer, roughly. */
    private static final double SALE_SECONDS = 1.5;

    private static final int WARM_UP_CLIENTS_MAX = 64;

    /** Most a sell-out may take, with holds that run out or without. */
    private static final Duration SALE_MAX = Duration.ofSeconds(60);

    /** Until the queues before a slow strategy are as long as they get. */
    private static final Duration LEAD_IN = Duration.ofMillis(500);

    private static final Duration OVERTIME_MAX = Duration.ofSeconds(1);

    /** Where orders wait for each other there is one deadlock a second or so, and a few are no figure. */
    private static final Duration DEADLOCKS_MIN = Duration.ofSeconds(10);

    private final LabPlan plan;
    private final LabEngines engines;
    private final Instances instances;
    private final Schemas schemas;
    private final Crowds crowds;
    private final Goods goods;
    private final WarmUps warmUps = new WarmUps();

    Measuring(LabPlan plan, LabEngines engines, Instances instances, Schemas schemas) {
        this.plan = plan;
        this.engines = engines;
        this.instances = instances;
        this.schemas = schemas;
        this.crowds = new Crowds(plan, engines, instances);
        this.goods = new Goods(plan);
    }

    /** How long a run is measured, at most. */
    Duration lasts(Contestant contestant, Workload workload) {
        Duration wanted = Duration.ofSeconds(plan.seconds());
        return switch (workload) {
            case SELL_OUT, ABANDONMENT -> SALE_MAX;
            case MULTI_ITEM -> contestant.deadlocks() ? longer(wanted, DEADLOCKS_MIN) : wanted;
            case SUSTAINED, SCATTERED -> wanted;
        };
    }

    /** How many seconds it takes, as far as one can tell beforehand. */
    double reckonedSeconds(Contestant contestant, Cell cell) {
        return AROUND_SECONDS
                + (cell.workload().endsByItself()
                        ? SALE_SECONDS
                        : lasts(contestant, cell.workload()).toMillis() / 1e3);
    }

    private Task.Span span(Contestant contestant, Workload workload) {
        long lasts = lasts(contestant, workload).toMillis();
        return workload.endsByItself()
                ? Task.Span.from(lasts)
                : new Task.Span(LEAD_IN.toMillis(), lasts, OVERTIME_MAX.toMillis());
    }

    /** Measures once. */
    Round run(Contestant contestant, Cell cell, int round) throws IOException, SQLException, InterruptedException {
        int count = cell.instances();
        instances.require(count);
        StockSchema schema = schemas.fresh(contestant);
        List<UUID> stocks = schemas.stocks(schema, goods.measured(cell));
        List<UUID> warmStocks = schemas.stocks(schema, goods.endless(cell));
        instances.ask(count, new Instruction.Open(contestant.title(), schema.name()));
        long seed = plan.seed() + round;
        Duration warmUp = warmUps.next(contestant, instances.processes(count));
        crowds.come(schema, crowds.warmUp(gentle(cell), warmStocks, ~seed, warmUp));
        schemas.checkpoint();
        long looks = crowds.looks();
        Usage before = Usage.now(engines, instances, count);
        List<Share> shares = crowds.come(schema, crowds.crowd(cell, stocks, seed, span(contestant, cell.workload())));
        Usage used = Usage.now(engines, instances, count).since(before, crowds.looks() - looks);
        if (cell.workload().holdsRunOut()) {
            schemas.awaitExpiry(schema);
            instances.ask(count, new Instruction.Sweep());
        }
        Books.Findings books = new Books(engines.database(), schema, stocks).audit(instances.allTold(count));
        instances.ask(count, new Instruction.Close());
        return round(contestant, cell, shares, books, used);
    }

    private Round round(Contestant contestant, Cell cell, List<Share> shares, Books.Findings books, Usage used) {
        Latency latency = new Latency();
        shares.forEach(share -> latency.add(Latency.decoded(share.latency())));
        boolean ends = cell.workload().endsByItself();
        double seconds = lasts(contestant, cell.workload()).toNanos() / 1e9;
        double sellingSeconds = ends ? longest(shares, Share::lastSoldNanos) : seconds;
        double answeringSeconds = ends ? longest(shares, Share::lastAnswerNanos) : seconds;
        long unknown = sum(shares, Share::unknown);
        boolean cut = shares.stream().anyMatch(Share::cut);
        return new Round(
                sum(shares, Share::soldInside) / sellingSeconds,
                sum(shares, Share::refusedInside) / answeringSeconds,
                latency,
                sum(shares, Share::sold),
                sum(shares, Share::refused),
                sum(shares, Share::replayed),
                sum(shares, Share::failed),
                sum(shares, Share::comebacks),
                cut ? 0 : undersold(cell, shares, books),
                cell.workload() == Workload.MULTI_ITEM ? 0 : books.inversions(),
                books.forgiving(unknown),
                used,
                faults(unknown, cut, latency.count() + sum(shares, Share::failed)));
    }

    /** To be told to come again until the shop closes is an outcome; to be told nothing at all is none. */
    private static List<String> faults(long unknown, boolean cut, long told) {
        List<String> faults = new ArrayList<>();
        if (unknown > 0) {
            faults.add("%,d requests ended in an error or without an answer".formatted(unknown));
        }
        if (cut) {
            faults.add("it was cut after %d s, when not everybody had been served".formatted(SALE_MAX.toSeconds()));
        }
        if (told == 0) {
            faults.add("nobody had an answer");
        }
        return faults;
    }

    /** Where holds run out somebody always waits for what comes back, so that all of it must be sold in the end. */
    private static long undersold(Cell cell, List<Share> shares, Books.Findings books) {
        int smallestRefused = shares.stream()
                .mapToInt(Share::smallestRefused)
                .filter(units -> units > 0)
                .min()
                .orElse(Integer.MAX_VALUE);
        return switch (cell.workload()) {
            case SELL_OUT -> books.free() >= smallestRefused ? books.free() : 0;
            case ABANDONMENT -> books.free();
            case SUSTAINED, SCATTERED, MULTI_ITEM -> 0;
        };
    }

    /** Everything but a sell-out can be warmed up with itself; a sell-out with sales that do not end. */
    private static Cell gentle(Cell cell) {
        return new Cell(
                cell.workload() == Workload.SELL_OUT ? Workload.SUSTAINED : cell.workload(),
                cell.instances(),
                Math.max(cell.instances(), Math.min(cell.clients(), WARM_UP_CLIENTS_MAX)),
                cell.products());
    }

    private static long sum(List<Share> shares, ToLongFunction<Share> count) {
        return shares.stream().mapToLong(count).sum();
    }

    private static double longest(List<Share> shares, ToLongFunction<Share> nanos) {
        return Math.max(
                        1,
                        Collections.max(shares.stream().map(nanos::applyAsLong).toList()))
                / 1e9;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
