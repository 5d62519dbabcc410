package io.openrun.launcher;

import io.openrun.engines.RunningShop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code openrun reset}: removes the data of a shop that does not run. */
@Command(name = "reset", description = "Remove the shop's data: engines, keys, accounts.", sortOptions = false)
final class ResetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DataFolder.DEFAULT_NAME,
            description = "The shop's data (default .openrun beside this script).")
    private Path data = Path.of(DataFolder.DEFAULT_NAME);

    @Override
    public Integer call() throws IOException {
        var folder = new DataFolder(data);
        var out = spec.commandLine().getOut();
        if (!folder.exists()) {
            out.println("There is nothing to remove: " + folder.path() + " does not exist.");
            return 0;
        }
        if (!folder.isOurs()) {
            throw Failure.ofInput(folder.path() + " is not Openrun's data, so it stays as it is.");
        }
        try (var lock = folder.tryLock()
                .orElseThrow(
                        () -> Failure.of("Openrun is running on " + folder.path() + ": stop it with Ctrl-C first."))) {
            RunningShop.endOrphans(folder.path());
            folder.remove();
            out.println("Removed " + folder.path() + (lock.isOpen() ? "." : ""));
        }
        return 0;
    }
}
