package io.openrun.engines;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The Java this program runs on, for child processes. */
final class JavaProgram {

    private JavaProgram() {}

    static String path() {
        return path("java");
    }

    static String path(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /**
     * The jars of other projects on this program's class path: what the broker needs, and the same after
     * every build of ours, so that its AOT cache stays good.
     */
    static String thirdPartyClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("openrun-"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
