package io.openrun.lab.explain;

import io.openrun.engines.EngineException;
import io.openrun.engines.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** PostgreSQL and Redis on a temporary folder, gone with it at the end, after Ctrl-C too. */
final class OwnEngines implements AutoCloseable {

    private final Path home;
    private final AtomicReference<@Nullable Engines> engines = new AtomicReference<>();
    private final Thread atTheEnd = new Thread(this::stop, "explain-stop");
    private final AtomicBoolean stopped = new AtomicBoolean();

    private OwnEngines(Path home) {
        this.home = home;
    }

    /** Starts them; throws {@link EngineException} with a sentence for people if they do not. */
    static OwnEngines start() {
        OwnEngines own;
        try {
            own = new OwnEngines(Files.createTempDirectory("openrun-explain-"));
        } catch (IOException e) {
            throw new EngineException("Cannot create a temporary folder: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(own.atTheEnd);
        try {
            own.engines.set(Engines.launch(own.home, EnumSet.of(Engines.Kind.POSTGRES, Engines.Kind.REDIS), List.of()));
            own.running().awaitReady();
            return own;
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private Engines running() {
        return Objects.requireNonNull(engines.get(), "not started");
    }

    String jdbcUrl() {
        return running().postgres().jdbcUrl();
    }

    String redisUrl() {
        return running().redis().url();
    }

    @Override
    public void close() {
        stop();
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has run or found it done.
            return;
        }
    }

    /** Who is stopped while they start ends what has been started so far. */
    private void stop() {
        if (stopped.compareAndSet(false, true)) {
            try {
                Engines started = engines.get();
                if (started == null) {
                    Engines.endOrphans(home);
                } else {
                    started.close();
                }
            } finally {
                remove(home);
            }
        }
    }

    private static void remove(Path folder) {
        try (var tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A temporary folder that resists removal harms nobody.
            return;
        }
    }
}
