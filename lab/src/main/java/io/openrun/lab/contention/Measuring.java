package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Acknowledgements;
import io.openrun.lab.contention.instance.Instruction;
import io.openrun.lab.contention.instance.Reply;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Task;
import io.openrun.lab.load.Latency;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one contestant in one place of the matrix: fresh tables, a warm-up, the run, the audit. */
final class Measuring {

    /** More than anybody can buy while it is measured. */
    private static final long ENDLESS = 100_000_000;

    /** Of the stocks that orders name, the first is scarce, so that some orders cannot be filled and go back. */
    private static final long SCARCE = 100;

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration KEPT_SHORTLY = Duration.ofMillis(200);

    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofMillis(200);
    private static final int WARM_UP_CLIENTS_MAX = 64;

    private static final Duration SELL_OUT_MAX = Duration.ofSeconds(60);

    /** Long enough for a stock's abandoned half to come back a few times. */
    private static final Duration ABANDONMENT_MIN = Duration.ofSeconds(2);

    /** Longer than the second after which the database looks for deadlocks. */
    private static final Duration ORDERS_MIN = Duration.ofSeconds(2);

    /** Between the instruction and the start: every instance has read it by then. */
    private static final Duration RUN_UP = Duration.ofMillis(30);

    /** Longer than the instances' own patience with a ledger. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LabPlan plan;
    private final LabEngines engines;
    private final Instances instances;
    private final Schemas schemas;
    private final Set<Contestant> warmed = new HashSet<>();

    Measuring(LabPlan plan, LabEngines engines, Instances instances, Schemas schemas) {
        this.plan = plan;
        this.engines = engines;
        this.instances = instances;
        this.schemas = schemas;
    }

    /** How long a run is measured, at most. */
    Duration lasts(Workload workload) {
        return switch (workload) {
            case SELL_OUT -> SELL_OUT_MAX;
            case ABANDONMENT -> longer(Duration.ofSeconds(plan.seconds()), ABANDONMENT_MIN);
            case MULTI_ITEM -> longer(Duration.ofSeconds(plan.seconds()), ORDERS_MIN);
            case SUSTAINED, SCATTERED -> Duration.ofSeconds(plan.seconds());
        };
    }

    /** Measures once. */
    Round run(Contestant contestant, Cell cell, int round) throws IOException, SQLException, InterruptedException {
        int count = cell.instances();
        instances.require(count);
        StockSchema schema = schemas.fresh(contestant);
        List<UUID> stocks = schemas.stocks(schema, plans(cell));
        List<UUID> warmStocks = schemas.stocks(schema, warmPlans(cell));
        instances.ask(count, new Instruction.Open(contestant.title(), schema.name()));
        long seed = plan.seed() + round;
        come(cell, warmTasks(cell, warmStocks, ~seed, warmed.add(contestant) ? FIRST_WARM_UP : WARM_UP));
        schemas.checkpoint();
        Usage before = Usage.now(engines, instances, count);
        List<Share> shares = come(cell, tasks(cell, stocks, seed, lasts(cell.workload())));
        Usage used = Usage.now(engines, instances, count).since(before);
        if (cell.workload().holdsRunOut()) {
            schemas.awaitExpiry(schema);
            instances.ask(count, new Instruction.Sweep());
        }
        Acknowledgements told = new Acknowledgements();
        shares.forEach(share -> told.addAll(Acknowledgements.of(share.acknowledgements())));
        Books.Findings books = new Books(engines.database(), schema, stocks).audit(told);
        instances.ask(count, new Instruction.Close());
        return round(cell, shares, told, books, used);
    }

    private Round round(Cell cell, List<Share> shares, Acknowledgements told, Books.Findings books, Usage used) {
        Latency latency = new Latency();
        shares.forEach(share -> latency.add(Latency.decoded(share.latency())));
        double seconds = lasts(cell.workload()).toNanos() / 1e9;
        boolean soldOut = cell.workload() == Workload.SELL_OUT;
        double sellingSeconds =
                soldOut ? longest(shares.stream().map(Share::lastSoldNanos).toList()) : seconds;
        double answeringSeconds =
                soldOut ? longest(shares.stream().map(Share::lastAnswerNanos).toList()) : seconds;
        long unknown = shares.stream().mapToLong(Share::unknown).sum();
        int smallestRefused = shares.stream()
                .mapToInt(Share::smallestRefused)
                .filter(units -> units > 0)
                .min()
                .orElse(Integer.MAX_VALUE);
        Books.Findings forgiving = books.forgiving(unknown);
        List<String> faults = new ArrayList<>();
        if (unknown > 0) {
            faults.add("%,d requests ended in an error or without an answer".formatted(unknown));
        }
        if (latency.count() == 0) {
            faults.add("nobody had an answer");
        }
        return new Round(
                shares.stream().mapToLong(Share::soldInside).sum() / sellingSeconds,
                shares.stream().mapToLong(Share::refusedInside).sum() / answeringSeconds,
                latency,
                shares.stream().mapToLong(Share::sold).sum(),
                shares.stream().mapToLong(Share::refused).sum(),
                shares.stream().mapToLong(Share::replayed).sum(),
                shares.stream().mapToLong(Share::failed).sum(),
                shares.stream().mapToLong(Share::comebacks).sum(),
                soldOut && books.free() >= smallestRefused ? books.free() : 0,
                cell.workload() == Workload.MULTI_ITEM ? 0 : FirstCome.inversions(told),
                forgiving,
                used,
                faults);
    }

    private List<Share> come(Cell cell, List<Task> tasks) throws IOException, InterruptedException {
        if (plan.over() == LabPlan.Over.HTTP) {
            return comeOverHttp(tasks);
        }
        Duration within = PATIENCE.plusMillis(tasks.getFirst().lastsMillis());
        return instances.ask(cell.instances(), i -> new Instruction.Work(tasks.get(i)), within).stream()
                .map(reply -> ((Reply.Worked) reply).share())
                .toList();
    }

    private List<Share> comeOverHttp(List<Task> tasks) throws IOException, InterruptedException {
        List<Reply> replies = instances.ask(tasks.size(), i -> new Instruction.Serve(tasks.get(i)), PATIENCE);
        List<HttpCrowd> crowds = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (int i = 0; i < tasks.size(); i++) {
                crowds.add(new HttpCrowd(((Reply.Serving) replies.get(i)).port(), tasks.get(i)));
            }
            List<Share> shares = new ArrayList<>();
            for (Future<Share> share :
                    threads.invokeAll(crowds.stream().map(HttpCrowd::visit).toList())) {
                shares.add(share.get());
            }
            return shares;
        } catch (ExecutionException e) {
            throw new IOException("the crowd could not come over HTTP: " + e.getCause(), e);
        } finally {
            for (HttpCrowd crowd : crowds) {
                crowd.close();
            }
        }
    }

    private List<Task> tasks(Cell cell, List<UUID> stocks, long seed, Duration lasts) {
        long start = System.currentTimeMillis() + RUN_UP.toMillis();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < cell.instances(); i++) {
            int clients = cell.clients() / cell.instances() + (i < cell.clients() % cell.instances() ? 1 : 0);
            tasks.add(new Task(
                    cell.workload(),
                    seed,
                    plan.buyers(),
                    plan.limit(),
                    stocks,
                    i,
                    cell.instances(),
                    clients,
                    lasts.toMillis(),
                    start));
        }
        return tasks;
    }

    /** Everything but a sell-out can be warmed up with itself; a sell-out with sales that do not end. */
    private List<Task> warmTasks(Cell cell, List<UUID> stocks, long seed, Duration lasts) {
        Cell gentle = new Cell(
                cell.workload() == Workload.SELL_OUT ? Workload.SUSTAINED : cell.workload(),
                cell.instances(),
                Math.max(cell.instances(), Math.min(cell.clients(), WARM_UP_CLIENTS_MAX)),
                cell.products());
        return tasks(gentle, stocks, seed, lasts);
    }

    private List<StockPlan> plans(Cell cell) {
        return switch (cell.workload()) {
            case SELL_OUT, ABANDONMENT -> List.of(stock(cell, plan.stock()));
            case SUSTAINED, SCATTERED -> Collections.nCopies(cell.products(), stock(cell, ENDLESS));
            case MULTI_ITEM -> {
                List<StockPlan> plans = new ArrayList<>(Collections.nCopies(cell.products(), stock(cell, ENDLESS)));
                plans.set(0, stock(cell, SCARCE));
                yield plans;
            }
        };
    }

    private List<StockPlan> warmPlans(Cell cell) {
        return Collections.nCopies(cell.products(), stock(cell, ENDLESS));
    }

    /** Orders of several stocks have no limit per person: one row per hold whoever takes it. */
    private StockPlan stock(Cell cell, long quantity) {
        return new StockPlan(
                quantity,
                cell.workload() == Workload.MULTI_ITEM ? null : plan.limit(),
                null,
                null,
                cell.workload().holdsRunOut() ? KEPT_SHORTLY : KEPT);
    }

    private static double longest(List<Long> nanos) {
        return Math.max(1, Collections.max(nanos)) / 1e9;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
