package io.openrun.launcher;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code openrun gatling}: the whole journey as a Gatling load test, with its report and the shop's audit. */
@Command(
        name = "gatling",
        description = "Send shoppers on the whole journey with Gatling, and audit the shop at the end.",
        sortOptions = false)
final class GatlingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JourneyOptions options = new JourneyOptions();

    @Override
    public Integer call() {
        var terminal = spec.commandLine();
        return new JourneyRun(options.plan(), terminal.getOut(), terminal.getErr())
                .by(List.of("compile", "gatling:test"), "target/gatling");
    }
}
