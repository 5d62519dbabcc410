package io.openrun.engines;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JVM's ahead-of-time cache: made from a run that was recorded, used by the later ones to start several times faster.
 *
 * <p>A cache is good for one Java, one list of options and one list of jars as they are on disk; its file
 * is named after all three, so that a rebuilt program simply finds none and records again.
 */
public final class AotCache {

    private static final Logger LOG = LoggerFactory.getLogger(AotCache.class);
    /** What cannot be cached is loaded as ever, and no news. */
    private static final String QUIET = "-Xlog:aot*=error";

    /**
     * The cache also knows what was compiled in the recorded run, and the JVM compiles that to the end after a few calls:
     * a third of the processors' time in a start, for code that only the start needs. So it has to be called 16 times as
     * often as usual before the JVM looks at it, and all code four times as often before C2 compiles it.
     */
    private static final List<String> COMPILE_LATER = List.of(
            "-XX:Tier2InvokeNotifyFreqLog=15",
            "-XX:Tier2BackedgeNotifyFreqLog=18",
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000");

    /**
     * But what every purchase runs is compiled after a twentieth of that, when the crowd that {@code up} turns away has
     * come, and not in the middle of the first stampede.
     */
    private static final List<String> COMPILE_SALES_SOON = List.of(
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=CompileThresholdScaling,io.netty.*::*,0.05",
            "-XX:CompileCommand=CompileThresholdScaling,reactor.netty.*::*,0.05",
            "-XX:CompileCommand=CompileThresholdScaling,reactor.core.*::*,0.05",
            "-XX:CompileCommand=CompileThresholdScaling,io.openrun.*::*,0.05");

    private static final int NAME_LENGTH = 16;
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(5);

    private final String program;
    private final Path folder;
    private final List<String> jvmOptions;
    private final String classPath;
    private final String fingerprint;

    AotCache(String program, Path folder, List<String> jvmOptions, String classPath) {
        this.program = program;
        this.folder = EngineHome.existing(folder.toAbsolutePath().normalize());
        this.jvmOptions = jvmOptions;
        this.classPath = classPath;
        this.fingerprint = fingerprint(jvmOptions, classPath);
    }

    /** The cache of the built shop with its usual options, kept in {@code folder}. */
    public static AotCache ofShop(Path folder) {
        return new AotCache("shop", folder, ShopPlan.JVM_OPTIONS, ShopClassPath.find());
    }

    /** The cache of the embedded broker, kept in {@code folder}. */
    public static AotCache ofKafka(Path folder) {
        return new AotCache("kafka", folder, KafkaEngine.JVM_OPTIONS, JavaProgram.thirdPartyClassPath());
    }

    /** Whether the next start can use it. */
    public boolean isTrained() {
        return Files.exists(cache());
    }

    /** Whether a run should be recorded for it: there is none, and making it did not fail before. */
    public boolean isWanted() {
        return !isTrained() && !Files.exists(failure());
    }

    /** The options for a start with the cache; none when there is none. */
    public List<String> options() {
        return isTrained()
                ? Stream.of(List.of(QUIET, "-XX:AOTCache=" + cache()), COMPILE_LATER, COMPILE_SALES_SOON)
                        .flatMap(List::stream)
                        .toList()
                : List.of();
    }

    /** The options for a start that is recorded, for {@link #train} to make the cache of. */
    public List<String> recordingOptions() {
        return List.of(QUIET, "-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording());
    }

    /**
     * Lets a process that was started with {@link #recordingOptions} write down what it learned, for which it pauses some
     * seconds, and starts making the cache of it in another process.
     *
     * @return nothing when this Java cannot do that
     */
    public Optional<AotTraining> train(long recorded) {
        run(List.of(JavaProgram.path("jcmd"), Long.toString(recorded), "AOT.end_recording"))
                .ifPresent(AotCache::awaitEnd);
        if (!isRecorded()) {
            forget();
            return Optional.empty();
        }
        endOrphan();
        removeOthers();
        var part = folder.resolve(program + ".aot.part");
        var command = new ArrayList<>(List.of(JavaProgram.path("java")));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording(), "-XX:AOTCache=" + part, "-cp", classPath));
        return run(OwnedProcess.shielded(command)).map(process -> {
            ProcessRecord.of(process.toHandle()).ofAnyCommand().writeTo(record());
            return new AotTraining(process, succeeded -> finish(succeeded, part));
        });
    }

    /** Ends a training that an earlier, killed run left behind. */
    public void endOrphan() {
        OwnedProcess.orphan(record()).ifPresent(orphan -> orphan.stop(ORPHAN_LIMIT));
    }

    /** Remembers that there is no cache to be had of this build, so that nobody waits for it again. */
    public void giveUp() {
        try {
            Files.writeString(failure(), "See " + log() + System.lineSeparator());
        } catch (IOException e) {
            LOG.warn("That {} has no start-up cache was not written down: {}", program, e.toString());
        }
    }

    /** The file is there, and empty, from the start of a recorded process on. */
    private boolean isRecorded() {
        try {
            return Files.exists(recording()) && Files.size(recording()) > 0;
        } catch (IOException e) {
            LOG.warn("What {} recorded cannot be read: {}", program, e.toString());
            return false;
        }
    }

    /** A recording that did not become a cache is of no more use than one that did. */
    private void finish(boolean succeeded, Path part) {
        try {
            if (succeeded) {
                Files.move(part, cache(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.warn("The start-up cache of {} was not kept: {}", program, e.toString());
        }
        forget();
    }

    private void forget() {
        try {
            Files.deleteIfExists(recording());
            Files.deleteIfExists(record());
        } catch (IOException e) {
            LOG.warn("What {} recorded was not removed: {}", program, e.toString());
        }
    }

    private Path cache() {
        return folder.resolve(program + "-" + fingerprint + ".aot");
    }

    private Path recording() {
        return folder.resolve(program + "-" + fingerprint + ".aotconf");
    }

    private Path failure() {
        return folder.resolve(program + "-" + fingerprint + ".aot.failed");
    }

    private Path log() {
        return folder.resolve(program + "-training.log");
    }

    private Path record() {
        return folder.resolve(program + "-training.pid");
    }

    private void removeOthers() {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.startsWith(program + "-") && name.contains(".aot") && !name.contains(fingerprint)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("Old start-up caches in {} were not removed: {}", folder, e.toString());
        }
    }

    private Optional<Process> run(List<String> command) {
        try {
            return Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
                    .start());
        } catch (IOException e) {
            LOG.warn("No start-up cache for {}: {}", program, e.toString());
            return Optional.empty();
        }
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String fingerprint(List<String> jvmOptions, String classPath) {
        var description = new StringBuilder(System.getProperty("java.vm.version", ""))
                .append(System.getProperty("java.home"))
                .append(jvmOptions);
        for (var jar : classPath.split(File.pathSeparator, -1)) {
            var file = new File(jar);
            description.append(jar).append(file.length()).append(file.lastModified());
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(description.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
