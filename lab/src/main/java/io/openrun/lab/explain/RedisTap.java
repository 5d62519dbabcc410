package io.openrun.lab.explain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands between an instance and the real Redis, passes everything on as it is, and writes it down. */
final class RedisTap implements AutoCloseable {

    /** What a client says about itself is no part of a purchase. */
    private static final Set<String> HOUSEKEEPING =
            Set.of("PING", "HELLO", "AUTH", "CLIENT", "INFO", "SELECT", "CONFIG", "COMMAND", "SCRIPT", "UNSUBSCRIBE");

    /** What Redisson leaves behind with every unlock, to know its own repetition, and removes later. */
    private static final String LATCH = "redisson_unlock_latch";

    private final Script script;
    private final Supplier<Lane> lane;
    private final String subject;
    private final LuaPrograms programs;
    private final LockWatch locks = new LockWatch();
    private final URI redis;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * A tap.
     *
     * @param subject what a command must mention to be shown: the stock
     */
    RedisTap(String redisUrl, LuaPrograms programs, Script script, Supplier<Lane> lane, String subject)
            throws IOException {
        this.programs = programs;
        this.subject = subject;
        this.redis = URI.create(redisUrl);
        this.script = script;
        this.lane = lane;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("redis-tap").start(this::letIn);
    }

    String url() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    LockWatch locks() {
        return locks;
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(redis.getHost(), redis.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                new Line(client, server).start();
            } catch (IOException e) {
                return;
            }
        }
    }

    /** One connection; answers come in the order of the questions, unless it only listens. */
    private final class Line {
        private final Socket client;
        private final Socket server;
        private final Queue<Question> asked = new ConcurrentLinkedQueue<>();
        private volatile boolean listens;

        /** What was asked, and what it is called in the script; no name if it is not shown. */
        private record Question(
                RespReader.Value command, @Nullable String shown) {}

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().name("redis-tap-questions").start(() -> pump(client, server, this::ask));
            Thread.ofVirtual().name("redis-tap-answers").start(() -> pump(server, client, this::answer));
        }

        private void ask(RespReader.Value command) {
            String name =
                    command.words().isEmpty() ? "" : command.words().getFirst().toUpperCase(Locale.ROOT);
            listens |= name.equals("SUBSCRIBE");
            String shown = isHousekeeping(name, command.words()) ? null : programs.shown(command.words(), script);
            programs.learn(command.words());
            locks.asked(command.words());
            asked.add(new Question(command, shown));
            if (shown != null) {
                script.sent(lane.get(), shown);
            }
        }

        private boolean isHousekeeping(String name, List<String> words) {
            return HOUSEKEEPING.contains(name)
                    || (name.equals("DEL") && words.getLast().startsWith(LATCH))
                    || words.stream().noneMatch(word -> word.contains(subject));
        }

        private void answer(RespReader.Value value) {
            if (listens) {
                if (value.text().startsWith("[message")) {
                    script.answered(lane.get(), SqlText.shortened(value.text()));
                }
                return;
            }
            Question question = asked.poll();
            if (question != null) {
                if (question.shown() != null) {
                    script.answered(lane.get(), SqlText.shortened(value.text()));
                }
                locks.answered(question.command().words(), value.content());
            }
        }
    }

    private interface Seen {
        void value(RespReader.Value value);
    }

    private void pump(Socket from, Socket to, Seen seen) {
        try (from;
                to) {
            RespReader reader = new RespReader(from.getInputStream());
            for (RespReader.Value value = reader.next(); value != null; value = reader.next()) {
                seen.value(value);
                to.getOutputStream().write(value.raw());
                to.getOutputStream().flush();
            }
        } catch (IOException e) {
            // One side has hung up; closing both tells the other.
            return;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            // Nothing is left to be done with a socket that cannot be closed.
            return;
        }
    }
}
