package io.openrun.launcher;

import io.openrun.engines.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * The folder everything of one shop lives in, marked as ours so that nobody else's folder is ever removed.
 *
 * @param path absolute
 */
record DataFolder(Path path) {

    static final String DEFAULT_NAME = ".openrun";
    private static final String MARKER = "openrun-data";

    DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** Creates the folder where there is none; refuses one with other people's things in it. */
    void prepare() {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw Failure.ofInput(path + " is not a folder: choose another with --data.");
            }
            if (Files.exists(path) && !isOurs() && !isEmpty()) {
                throw Failure.ofInput(
                        path + " holds things that are not Openrun's: choose another folder with --data.");
            }
            Files.createDirectories(path);
            if (!isOurs()) {
                Files.writeString(path.resolve(MARKER), "Everything in this folder belongs to Openrun.\n");
            }
        } catch (IOException e) {
            throw Failure.ofInput(
                    "Cannot keep data in " + path + " (" + e.getMessage() + "): choose another with --data.");
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    boolean isOurs() {
        return Files.exists(path.resolve(MARKER));
    }

    /** The right to run a shop on this folder, until closed; empty while another process has it. */
    Optional<FileChannel> tryLock() {
        return LockFile.tryLock(path.resolve("run").resolve("lock"));
    }

    /** Removes the folder and everything in it. */
    void remove() {
        try (var tree = Files.walk(path)) {
            for (var entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new EngineException("Cannot remove " + path + ": " + e.getMessage(), e);
        }
    }

    private boolean isEmpty() throws IOException {
        try (var entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }
}
