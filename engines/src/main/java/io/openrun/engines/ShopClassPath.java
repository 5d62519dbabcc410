package io.openrun.engines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jars of the built shop: those listed in the file named by {@code openrun.shop.classpath}, else its own
 * jar and what {@code standalone/target/classpath} lists.
 */
final class ShopClassPath {

    private static final String MODULE = "standalone";

    private ShopClassPath() {}

    static String find() {
        var listed = System.getProperty("openrun.shop.classpath");
        return listed == null ? built() : read(Path.of(listed));
    }

    /** Looks in the folder named by {@code openrun.root}, else in this folder and those above it. */
    private static String built() {
        var root = System.getProperty("openrun.root");
        var start = Path.of(root == null ? "" : root).toAbsolutePath().normalize();
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve(MODULE).resolve("pom.xml")))
                .findFirst()
                .map(folder -> jars(folder.resolve(MODULE).resolve("target")))
                .orElseThrow(() -> new EngineException("There is no Openrun project in or above " + start));
    }

    private static String jars(Path target) {
        var others = read(target.resolve("classpath"));
        try (var files = Files.list(target)) {
            var own = files.filter(file -> file.getFileName().toString().matches("openrun-standalone-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(target, null));
            return own + File.pathSeparator + others;
        } catch (IOException e) {
            throw notBuilt(target, e);
        }
    }

    private static String read(Path list) {
        try {
            return Files.readString(list).strip();
        } catch (IOException e) {
            throw notBuilt(list, e);
        }
    }

    private static EngineException notBuilt(Path missing, @Nullable IOException cause) {
        return new EngineException("The shop is not built (" + missing + "): run ./mvnw -DskipTests package", cause);
    }
}
