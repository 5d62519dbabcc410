package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Instruction;
import io.openrun.lab.contention.instance.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The selling processes. They live for the whole laboratory, so that all strategies meet the same warmed machine; one
 * that broke is replaced.
 */
final class Instances implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** What PostgreSQL's 200 connections leave to the instances. */
    private static final int CONNECTIONS_MAX = 160;

    private static final int CONNECTIONS_EACH_MAX = 20;

    private final Path folder;
    private final Instruction.Join join;
    private final List<InstanceProcess> all = new CopyOnWriteArrayList<>();
    private boolean closed;

    Instances(Path folder, String databaseUrl, String redisUrl, int most) {
        this.folder = folder;
        this.join = new Instruction.Join(databaseUrl, redisUrl, Math.min(CONNECTIONS_EACH_MAX, CONNECTIONS_MAX / most));
    }

    /** Connections each of them may have. */
    int connectionsEach() {
        return join.connections();
    }

    /** The numbers by which the operating system knows the first {@code count} of them. */
    List<Long> processes(int count) {
        return all.subList(0, count).stream().map(InstanceProcess::pid).toList();
    }

    /** The numbers of all that are there, by what they are called. */
    Map<String, Long> running() {
        Map<String, Long> running = new LinkedHashMap<>();
        for (InstanceProcess process : List.copyOf(all)) {
            running.put("instance-" + (running.size() + 1), process.pid());
        }
        return running;
    }

    /** The file for what buyers at that one are told. */
    Path told(int number) {
        return folder.resolve("told-" + number);
    }

    /** The files for what buyers at the first {@code count} of them are told. */
    List<Path> allTold(int count) {
        return IntStream.range(0, count).mapToObj(this::told).toList();
    }

    /** Makes sure that so many are there and well. */
    void require(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            if (i == all.size()) {
                all.add(started(i));
            } else if (!all.get(i).isAlive()) {
                all.get(i).close();
                all.set(i, started(i));
            }
        }
    }

    /** Ends all of them: what was left half done must not disturb what comes next. */
    void restart() {
        all.forEach(InstanceProcess::close);
        all.clear();
    }

    /** Tells the first {@code count} of them the same, and returns their answers. */
    List<Reply> ask(int count, Instruction instruction) throws IOException, InterruptedException {
        return ask(count, number -> instruction, SOON);
    }

    /** Tells each its own, all at once, and returns their answers. */
    List<Reply> ask(int count, IntFunction<Instruction> instructions, Duration within)
            throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            all.get(i).tell(instructions.apply(i));
        }
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(all.get(i).reply(within));
        }
        return replies;
    }

    private synchronized InstanceProcess started(int number) throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the laboratory is being closed");
        }
        InstanceProcess process = InstanceProcess.start(folder, number);
        try {
            process.tell(join);
            process.reply(SOON);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return process;
    }

    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(InstanceProcess::close);
    }
}
