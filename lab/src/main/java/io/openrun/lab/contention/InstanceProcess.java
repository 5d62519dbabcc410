package io.openrun.lab.contention;

import io.openrun.engines.ShopPlan;
import io.openrun.lab.contention.instance.Instruction;
import io.openrun.lab.contention.instance.LabInstance;
import io.openrun.lab.contention.instance.Reply;
import io.openrun.lab.contention.instance.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One selling process, as seen by the laboratory that started it. */
final class InstanceProcess implements AutoCloseable {

    static final String HEAP = "-Xmx384m";

    private static final JsonMapper JSON = Wire.mapper();
    private static final Duration END_WITHIN = Duration.ofSeconds(5);
    private static final String ENDED = "";

    private final Process process;
    private final Path log;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

    private InstanceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Thread.ofVirtual().name("replies-of-" + process.pid()).start(this::hear);
    }

    /** Starts a process; what it has to say beside its replies goes to a log in {@code folder}. */
    static InstanceProcess start(Path folder, int number) throws IOException {
        List<String> command = new ArrayList<>();
        // A Ctrl-C in the terminal is for the laboratory, which then ends its instances itself.
        command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ShopPlan.JVM_OPTIONS);
        command.addAll(List.of("-Xms128m", HEAP, "-Dlogback.configurationFile=bare-logback.xml"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LabInstance.class.getName()));
        Path log = folder.resolve("instance-" + number + ".log");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new InstanceProcess(process, log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Says what to do, without waiting. */
    void tell(Instruction instruction) throws IOException {
        try {
            Writer out = process.outputWriter(StandardCharsets.UTF_8);
            out.write(JSON.writeValueAsString(instruction) + "\n");
            out.flush();
        } catch (IOException e) {
            throw new IOException("a selling process ended" + lastWords(), e);
        }
    }

    /**
     * The answer to what was told first of what is not yet answered.
     *
     * @throws IOException if the process failed, ended, or did not answer in time
     */
    Reply reply(Duration within) throws IOException, InterruptedException {
        String line = replies.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("a selling process did not answer within " + within.toSeconds() + " s" + lastWords());
        }
        if (line.equals(ENDED)) {
            throw new IOException("a selling process ended" + lastWords());
        }
        Reply reply = JSON.readValue(line, Reply.class);
        if (reply instanceof Reply.Failed failed) {
            throw new IOException("a selling process could not go on: " + failed.reason());
        }
        return reply;
    }

    private void hear() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                replies.add(line);
            }
        } catch (IOException e) {
            replies.add(ENDED);
            return;
        }
        replies.add(ENDED);
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "" : "; its last words were: " + lines.getLast();
        } catch (IOException e) {
            return "";
        }
    }

    /** It ends when its input does. */
    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
            if (process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
