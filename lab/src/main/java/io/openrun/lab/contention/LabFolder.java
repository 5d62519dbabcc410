package io.openrun.lab.contention;

import io.openrun.engines.Engines;
import io.openrun.engines.ProcessRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of the results, and in it, for as long as the laboratory runs, one for its engines' data: on the same
 * disk, because a temporary folder may be in memory, where nothing is durable and everything is fast.
 */
final class LabFolder implements AutoCloseable {

    private static final String ENGINES = "engines";
    private static final String OWNER = "owner.pid";

    private final Path results;
    private final Path engines;

    private LabFolder(Path results) {
        this.results = results;
        this.engines = results.resolve(ENGINES);
    }

    /** Creates it, and removes what a laboratory that was killed has left beside it. */
    static LabFolder create(Path results) throws IOException {
        Path absolute = results.toAbsolutePath().normalize();
        Files.createDirectories(absolute);
        Path parent = absolute.getParent();
        if (parent != null) {
            endAbandoned(parent);
        }
        LabFolder folder = new LabFolder(absolute);
        if (Files.exists(folder.engines)) {
            throw new IOException("there is an entry named " + ENGINES + " in it, another laboratory's or yours");
        }
        Files.createDirectories(folder.engines);
        ProcessRecord.of(ProcessHandle.current()).writeTo(folder.engines.resolve(OWNER));
        return folder;
    }

    Path results() {
        return results;
    }

    Path engines() {
        return engines;
    }

    /** The results stay. */
    @Override
    public void close() throws IOException {
        remove(engines);
    }

    private static void endAbandoned(Path parent) throws IOException {
        List<Path> siblings;
        try (Stream<Path> entries = Files.list(parent)) {
            siblings = entries.map(entry -> entry.resolve(ENGINES)).toList();
        }
        for (Path engines : siblings) {
            var owner = ProcessRecord.readFrom(engines.resolve(OWNER));
            if (owner.isPresent() && owner.get().find().isEmpty()) {
                Engines.endOrphans(engines);
                remove(engines);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
