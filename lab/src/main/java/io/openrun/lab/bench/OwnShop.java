package io.openrun.lab.bench;

import io.openrun.engines.RunningShop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Engines and a shop for one measurement, in a folder of their own. Whoever interrupts it leaves nothing behind: what
 * still runs is ended, and the folder goes.
 */
final class OwnShop implements AutoCloseable {

    private final RunningShop running;
    private final Thread atTheEnd;

    private OwnShop(RunningShop running, Thread atTheEnd) {
        this.running = running;
        this.atTheEnd = atTheEnd;
    }

    /** Starts everything on the data of {@code folder}. */
    static OwnShop start(Path folder) {
        Thread atTheEnd = new Thread(() -> endAll(folder), "own-shop-end");
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            return new OwnShop(RunningShop.start(folder), atTheEnd);
        } catch (RuntimeException e) {
            // it has ended what it began, and its logs say why
            forget(atTheEnd);
            throw e;
        }
    }

    RunningShop running() {
        return running;
    }

    @Override
    public void close() {
        running.close();
        forget(atTheEnd);
    }

    private static void forget(Thread atTheEnd) {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException atTheEndAlready) {
            // it runs, and finds what is left to do
        }
    }

    private static void endAll(Path folder) {
        RunningShop.endOrphans(folder);
        try {
            remove(folder);
        } catch (IOException stillWritten) {
            // a log in the temporary directory harms nobody
        }
    }

    /** Removes the folder and all that is in it. */
    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
