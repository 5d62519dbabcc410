package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Instruction;
import io.openrun.lab.contention.instance.Reply;
import io.openrun.lab.contention.instance.SaleWatch;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Task;
import io.openrun.stock.StockSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Lets crowds at the instances, each at its own share, and returns what they were told. */
final class Crowds {

    /** Between the instruction and the start: every instance has read it by then. */
    private static final Duration RUN_UP = Duration.ofMillis(30);

    /** Longer than the instances' own patience with a ledger. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LabPlan plan;
    private final LabEngines engines;
    private final Instances instances;
    private final AtomicLong looks = new AtomicLong();

    Crowds(LabPlan plan, LabEngines engines, Instances instances) {
        this.plan = plan;
        this.engines = engines;
        this.instances = instances;
    }

    /** The crowd of that place, an instance's share each; what it is told is kept. */
    List<Task> crowd(Cell cell, List<UUID> stocks, long seed, Task.Span span) {
        return tasks(cell, stocks, seed, span, true);
    }

    /** The same to warm up with: what it is told is forgotten. */
    List<Task> warmUp(Cell cell, List<UUID> stocks, long seed, Duration lasts) {
        return tasks(cell, stocks, seed, Task.Span.from(lasts.toMillis()), false);
    }

    private List<Task> tasks(Cell cell, List<UUID> stocks, long seed, Task.Span span, boolean kept) {
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
                    span,
                    start,
                    kept ? instances.told(i).toString() : null));
        }
        return tasks;
    }

    /** Returns when all of them have been served. */
    List<Share> come(StockSchema schema, List<Task> tasks) throws IOException, InterruptedException {
        if (plan.over() == LabPlan.Over.HTTP) {
            return comeOverHttp(schema, tasks);
        }
        Duration within = PATIENCE.plusMillis(tasks.getFirst().span().millis());
        return instances.ask(tasks.size(), i -> new Instruction.Work(tasks.get(i)), within).stream()
                .map(reply -> ((Reply.Worked) reply).share())
                .toList();
    }

    /** How many transactions of this process so far only looked how far a sale is. */
    long looks() {
        return looks.get();
    }

    private List<Share> comeOverHttp(StockSchema schema, List<Task> tasks) throws IOException, InterruptedException {
        List<Reply> replies = instances.ask(tasks.size(), i -> new Instruction.Serve(tasks.get(i)), PATIENCE);
        List<HttpCrowd> crowds = new ArrayList<>();
        UUID first = tasks.getFirst().stocks().getFirst();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (int i = 0; i < tasks.size(); i++) {
                crowds.add(new HttpCrowd(((Reply.Serving) replies.get(i)).port(), tasks.get(i)));
            }
            List<Share> shares = new ArrayList<>();
            Stream<Callable<Share>> visits = crowds.stream()
                    .map(crowd -> crowd.visit(() -> new SaleWatch(engines.database(), schema, first), looks));
            for (Future<Share> share : threads.invokeAll(visits.toList())) {
                shares.add(share.get());
            }
            return shares;
        } catch (ExecutionException e) {
            throw new IOException("the crowd could not come over HTTP: " + e.getCause(), e);
        } finally {
            crowds.forEach(HttpCrowd::close);
        }
    }
}
