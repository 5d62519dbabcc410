package io.openrun.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A terminal in which one openrun command runs, as a process of its own. */
final class Terminal {

    static final Object[] ON_FREE_PORTS = {"--port", 0, "--fast-lane-port", 0, "--management-port", 0};

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
        return start(folder, System.getProperty("java.class.path"), Map.of(), List.of(arguments));
    }

    private static Terminal start(
            Path folder, String classPathOfShop, Map<String, String> environment, List<?> arguments)
            throws IOException {
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
        arguments.forEach(argument -> command.add(argument.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Terminal(builder.start(), output);
    }

    /** {@code up} on free ports. */
    static Terminal up(Path folder, Path data, Object... more) throws IOException {
        var arguments = withData(data, more);
        arguments.add("--no-faster-start");
        return run(folder, arguments.toArray());
    }

    /** {@code up} on free ports, with a shop of jars as a built one is, and of what else is given. */
    static Terminal upThatLearns(Path folder, Path data, Path... more) throws IOException {
        return start(folder, jars(folder, more), Map.of(), withData(data, ON_FREE_PORTS));
    }

    /** The same on engines that nobody started, with keys that fit no lock. */
    static Terminal upOnOtherEngines(Path folder, Path data) throws IOException {
        var arguments = withData(data, ON_FREE_PORTS);
        arguments.addAll(List.of("--database-url", "jdbc:postgresql://nowhere.invalid/shop"));
        arguments.addAll(
                List.of("--redis-url", "redis://nowhere.invalid:6379", "--kafka-servers", "nowhere.invalid:9092"));
        return start(
                folder,
                jars(folder),
                Map.of("OPENRUN_SERVICE_KEY", "key", "OPENRUN_SIGNING_KEY_FILE", "key", "OPENRUN_DATA_KEY", "key"),
                arguments);
    }

    private static List<Object> withData(Path data, Object... more) {
        return new ArrayList<>(
                Stream.concat(Stream.of("up", "--data", data), Stream.of(more)).toList());
    }

    private static String jars(Path folder, Path... more) throws IOException {
        var jars = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            jars.add(Files.isDirectory(Path.of(entry)) ? jarOf(Path.of(entry), folder, jars.size()) : entry);
        }
        Stream.of(more).map(Path::toString).forEach(jars::add);
        return String.join(File.pathSeparator, jars);
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
        return up(folder, data, ON_FREE_PORTS).untilItSays("Openrun is ready");
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
