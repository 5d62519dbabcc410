package io.openrun.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out who listens on a port, as far as this user may know: from {@code /proc}, else by {@code lsof}. */
final class PortHolder {

    private static final String LISTENING = "0A";
    private static final int STATE_COLUMN = 3;
    private static final int INODE_COLUMN = 9;

    private PortHolder() {}

    /** The process, as in {@code java (process 4711)}. */
    static Optional<String> of(int port) {
        return fromProc(port).or(() -> fromLsof(port)).map(PortHolder::describe);
    }

    private static String describe(ProcessHandle process) {
        var program = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("a program");
        return program + " (process " + process.pid() + ")";
    }

    private static Optional<ProcessHandle> fromProc(int port) {
        var sockets = new HashSet<String>();
        sockets.addAll(listeners(Path.of("/proc/net/tcp"), port));
        sockets.addAll(listeners(Path.of("/proc/net/tcp6"), port));
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsAny(process.pid(), sockets))
                        .findFirst();
    }

    private static Set<String> listeners(Path table, int port) {
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        var sockets = new HashSet<String>();
        try (var rows = Files.lines(table)) {
            rows.map(row -> row.strip().split("\\s+", -1))
                    .filter(row -> row.length > INODE_COLUMN)
                    .filter(row -> row[1].endsWith(suffix) && row[STATE_COLUMN].equals(LISTENING))
                    .forEach(row -> sockets.add("socket:[" + row[INODE_COLUMN] + "]"));
            return sockets;
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<ProcessHandle> fromLsof(int port) {
        try {
            var lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = lsof.inputReader(StandardCharsets.UTF_8)) {
                var line = output.readLine();
                return line == null ? Optional.empty() : ProcessHandle.of(Long.parseLong(line.strip()));
            }
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
