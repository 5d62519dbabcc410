package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process this program started and wrote down, so that it, and nothing else, is ended: now on
 * {@link #stop}, or by a later run when this one was killed.
 *
 * <p>A child ignores the terminal's interrupt: Ctrl-C reaches the starter alone, which stops its children
 * in its own order.
 */
final class OwnedProcess {

    private final ProcessHandle handle;
    private final Path record;

    private OwnedProcess(ProcessHandle handle, Path record) {
        this.handle = handle;
        this.record = record;
    }

    /** Starts {@code command} with its output appended to {@code log}. */
    static OwnedProcess start(List<String> command, Map<String, String> environment, Path log, Path record) {
        var builder = new ProcessBuilder(shielded(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var process = builder.start().toHandle();
            awaitExec(process);
            return adopt(process, record);
        } catch (IOException e) {
            throw new EngineException("Cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** The command with the terminal's signals ignored, which a program inherits. */
    static List<String> shielded(List<String> command) {
        var shielded = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        shielded.addAll(command);
        return shielded;
    }

    /** Takes charge of a process that was started in another way. */
    static OwnedProcess adopt(ProcessHandle process, Path record) {
        ProcessRecord.of(process).writeTo(record);
        return new OwnedProcess(process, record);
    }

    /** The live process an earlier run left behind at {@code record}, if there is one. */
    static Optional<OwnedProcess> orphan(Path record) {
        return ProcessRecord.readFrom(record)
                .flatMap(ProcessRecord::find)
                .map(process -> new OwnedProcess(process, record));
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    CompletableFuture<Void> onExit() {
        return handle.onExit().thenRun(() -> {});
    }

    /** Asks the process to end, waits, and ends it by force when it has not ended within {@code grace}. */
    void stop(Duration grace) {
        handle.destroy();
        endWithin(grace);
    }

    /** As {@link #stop}, asking with another signal than TERM, for example {@code INT}. */
    void stop(String signal, Duration grace) {
        if (handle.isAlive()) {
            signal(handle.pid(), signal);
        }
        endWithin(grace);
    }

    /** Ends the process and its children at once, as a crash would. */
    void kill() {
        var family = new ArrayList<>(List.of(handle));
        handle.descendants().forEach(family::add);
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(process -> awaitExit(process, Duration.ofSeconds(10)));
    }

    private void endWithin(Duration grace) {
        if (!awaitExit(handle, grace)) {
            kill();
        }
        forget();
    }

    /** Removes the record, unless a successor has written its own there. */
    private void forget() {
        try {
            var written = ProcessRecord.readFrom(record);
            if (written.isPresent() && written.get().pid() != handle.pid()) {
                return;
            }
            Files.deleteIfExists(record);
        } catch (IOException e) {
            throw new EngineException("Cannot remove " + record + ": " + e.getMessage(), e);
        }
    }

    static boolean awaitExit(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new EngineException("Cannot signal process " + pid + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the shell became the program: only then does the record name the program. */
    private static void awaitExec(ProcessHandle process) {
        var shell = Path.of("/bin/sh");
        Patience.until(Duration.ofSeconds(5), Duration.ofMillis(2), () -> {
            var command = process.info().command();
            return !process.isAlive() || command.isEmpty() || !isShell(Path.of(command.get()), shell);
        });
    }

    private static boolean isShell(Path command, Path shell) {
        try {
            return Files.isSameFile(command, shell);
        } catch (IOException e) {
            return false;
        }
    }
}
