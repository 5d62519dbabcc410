package io.openrun.engines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars of the built shop: its own and what {@code standalone/target/classpath} lists, in that order. */
final class ShopClassPath {

    private static final String MODULE = "standalone";

    private ShopClassPath() {}

    /** Looks in the folder named by {@code openrun.root}, else in this folder and those above it. */
    static List<Path> find() {
        var root = System.getProperty("openrun.root");
        var start = Path.of(root == null ? "" : root).toAbsolutePath().normalize();
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve(MODULE).resolve("pom.xml")))
                .findFirst()
                .map(folder -> jars(folder.resolve(MODULE).resolve("target")))
                .orElseThrow(() -> new EngineException("There is no Openrun project in or above " + start));
    }

    private static List<Path> jars(Path target) {
        var listed = target.resolve("classpath");
        try (var files = Files.list(target)) {
            var own = files.filter(file -> file.getFileName().toString().matches("openrun-standalone-[0-9.]+\\.jar"))
                    .findFirst();
            var others = Stream.of(Files.readString(listed).strip().split(File.pathSeparator, -1))
                    .map(Path::of);
            return Stream.concat(own.stream(), others).toList();
        } catch (IOException e) {
            throw new EngineException("The shop is not built yet (" + listed + "): run ./mvnw -DskipTests package", e);
        }
    }
}
