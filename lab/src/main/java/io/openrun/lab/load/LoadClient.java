package io.openrun.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Keep-alive connections to one server and the few threads that drive them.
 *
 * <p>One request at a time per connection, never pipelined. Every request that was sent gets exactly one
 * answer recorded; a connection that is cut makes its request {@link Outcome#UNKNOWN} and is opened again, at
 * most three times per connection in a run.
 */
public final class LoadClient implements AutoCloseable {

    /** The most connections at a time: with the server's ends they must fit a limit of 20,000 open files. */
    public static final int CONNECTIONS_MAX = 10_000;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    private final int connections;
    private final List<EventLoop> loops;
    private final ExecutorService threads;

    private LoadClient(int connections, List<EventLoop> loops) {
        this.connections = connections;
        this.loops = loops;
        this.threads = Executors.newFixedThreadPool(
                loops.size(), Thread.ofPlatform().daemon().name("load-", 0).factory());
    }

    /**
     * Opens all connections and returns when they stand.
     *
     * @throws IOException when not all could be opened within 30 s
     */
    public static LoadClient open(InetSocketAddress target, int connections, int threads) throws IOException {
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("connections must be 1 to " + CONNECTIONS_MAX + ", was " + connections);
        }
        SourceAddresses sources = new SourceAddresses(target.getAddress());
        List<List<Connection>> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, connections); i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < connections; i++) {
            shares.get(i % shares.size()).add(new Connection(i));
        }
        List<EventLoop> loops = new ArrayList<>();
        for (List<Connection> share : shares) {
            loops.add(new EventLoop(target, sources, share));
        }
        LoadClient client = new LoadClient(connections, loops);
        try {
            client.connect(target);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /** How many connections there are. */
    public int connections() {
        return connections;
    }

    /** Runs the load to its end; all answers go to one taker, called on several threads. */
    public RunReport run(Run run, Answers answers) throws IOException {
        return run(run, () -> answers);
    }

    /** Runs the load to its end; every thread asks once for a taker of its own. */
    public RunReport run(Run run, Supplier<? extends Answers> perThread) throws IOException {
        Schedule schedule = new Schedule(run, connections);
        long began = System.nanoTime();
        onEveryLoop(loop -> {
            loop.run(run, schedule, perThread.get());
            return loop;
        });
        return new RunReport(
                loops.stream().mapToLong(EventLoop::sent).sum(),
                loops.stream().mapToLong(EventLoop::reconnects).sum(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (EventLoop loop : loops) {
            loop.close();
        }
    }

    private void connect(InetSocketAddress target) throws IOException {
        long deadline = System.nanoTime() + CONNECT_WITHIN.toNanos();
        int open = onEveryLoop(loop -> loop.connect(deadline)).stream()
                .mapToInt(Integer::intValue)
                .sum();
        if (open < connections) {
            throw new IOException("only " + open + " of " + connections + " connections to " + target + " opened");
        }
    }

    private <T> List<T> onEveryLoop(LoopTask<T> task) throws IOException {
        List<Callable<T>> tasks = new ArrayList<>();
        loops.forEach(loop -> tasks.add(() -> task.on(loop)));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException("the load generator failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while generating load", e);
        }
    }

    private interface LoopTask<T> {
        T on(EventLoop loop) throws IOException;
    }
}
