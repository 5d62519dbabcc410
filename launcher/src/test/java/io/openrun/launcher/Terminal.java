package io.openrun.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A terminal in which one openrun command runs, as a process of its own. */
final class Terminal {

    private static final int PATIENCE_SECONDS = 120;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final int ENDED_BY_SIGNAL = 128;

    private final Process process;
    private final Path output;

    private Terminal(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Terminal run(Path folder, Object... arguments) throws IOException {
        return run(folder, System.getProperty("java.class.path"), arguments);
    }

    private static Terminal run(Path folder, String classPathOfShop, Object... arguments) throws IOException {
        var output = Files.createTempFile(folder, "terminal", ".txt");
        var shopClassPath = folder.resolve("shop.classpath");
        Files.writeString(shopClassPath, classPathOfShop);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dopenrun.shop.classpath=" + shopClassPath,
                "-cp",
                System.getProperty("java.class.path"),
                OpenrunCommand.class.getName()));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Terminal(process, output);
    }

    /** {@code up} on free ports. */
    static Terminal up(Path folder, Path data, Object... more) throws IOException {
        var arguments = new ArrayList<Object>(List.of("up", "--data", data, "--no-faster-start"));
        arguments.addAll(List.of(more));
        return run(folder, arguments.toArray());
    }

    /** {@code up} on free ports, with a shop of jars as a built one is, and of what else is given. */
    static Terminal upThatLearns(Path folder, Path data, Path... more) throws IOException {
        var shop = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            shop.add(Files.isDirectory(Path.of(entry)) ? jarOf(Path.of(entry), folder, shop.size()) : entry);
        }
        Stream.of(more).map(Path::toString).forEach(shop::add);
        return run(
                folder,
                String.join(File.pathSeparator, shop),
                "up",
                "--data",
                data,
                "--port",
                0,
                "--fast-lane-port",
                0,
                "--management-port",
                0);
    }

    private static String jarOf(Path classes, Path folder, int number) throws IOException {
        var jar = folder.resolve("classes-" + number + ".jar");
        if (!Files.exists(jar)) {
            try (var out = new JarOutputStream(Files.newOutputStream(jar));
                    var files = Files.walk(classes)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    out.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
        return jar.toString();
    }

    static Terminal upOnFreePorts(Path folder, Path data) throws IOException {
        return up(folder, data, "--port", 0, "--fast-lane-port", 0, "--management-port", 0)
                .untilItSays("Openrun is ready");
    }

    Terminal untilItSays(String words) {
        await().atMost(PATIENCE_SECONDS, SECONDS).until(() -> text().contains(words) || !process.isAlive());
        if (!text().contains(words)) {
            throw new AssertionError("It ended without saying: " + words + "\n" + text());
        }
        return this;
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, SECONDS)) {
            throw new AssertionError("It still runs: " + text());
        }
        return process.exitValue();
    }

    String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * SIGINT; SIGTERM, which takes the same way out, where these tests run in the background and nobody hears SIGINT.
     *
     * @return the exit status that tells of the signal
     */
    int pressCtrlC() throws IOException, InterruptedException {
        int signal = ignoresInterrupts() ? SIGTERM : SIGINT;
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .start()
                .waitFor();
        return ENDED_BY_SIGNAL + signal;
    }

    private boolean ignoresInterrupts() throws IOException {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(
                            line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << (SIGINT - 1)) != 0);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
