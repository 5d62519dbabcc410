package io.openrun.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code openrun test} stands here for the help text; the script runs it, before there is anything built. */
@Command(
        name = "test",
        description = "Run every check of the build and print the coverage of each module.",
        footer = "What follows is handed to Maven, for example: ./openrun test -pl stock -am")
final class TestCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw Failure.ofInput("The script runs the tests: call ./openrun test.");
    }
}
