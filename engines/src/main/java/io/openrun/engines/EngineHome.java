package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folder one set of engines lives in: {@code postgres/ redis/ kafka/} for data, {@code run/} for pids, {@code logs/}. */
record EngineHome(Path directory) {

    private static final String RECORD = ".pid";

    EngineHome {
        directory = directory.toAbsolutePath().normalize();
    }

    Path data(String engine) {
        return existing(directory.resolve(engine));
    }

    Path record(String process) {
        return existing(directory.resolve("run")).resolve(process + RECORD);
    }

    /** The names of the processes that left a record here. */
    List<String> recorded() {
        try (var records = Files.list(existing(directory.resolve("run")))) {
            return records.map(record -> record.getFileName().toString())
                    .filter(name -> name.endsWith(RECORD))
                    .map(name -> name.substring(0, name.length() - RECORD.length()))
                    .toList();
        } catch (IOException e) {
            throw new EngineException("Cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A fresh log for a new run of {@code process}; the previous one is kept as {@code .previous}. */
    Path freshLog(String process) {
        var logs = existing(directory.resolve("logs"));
        var log = logs.resolve(process + ".log");
        try {
            if (Files.exists(log)) {
                Files.move(
                        log,
                        logs.resolve(process + ".previous.log"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(log, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            return log;
        } catch (IOException e) {
            throw new EngineException("Cannot write " + log + ": " + e.getMessage(), e);
        }
    }

    /** Where unpacked server programs are kept between runs: they belong to the person, not to one data folder. */
    static Path programs() {
        var cache = Path.of(System.getProperty("user.home", ""), ".cache", "openrun");
        try {
            return Files.createDirectories(cache);
        } catch (IOException e) {
            var user = System.getProperty("user.name", "anyone");
            return existing(Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "openrun-programs-" + user));
        }
    }

    static Path existing(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EngineException("Cannot create " + folder + ": " + e.getMessage(), e);
        }
    }
}
