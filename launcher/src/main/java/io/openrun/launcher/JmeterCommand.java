package io.openrun.launcher;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code openrun jmeter}: the whole journey as a JMeter load test, with its dashboard and the shop's audit. */
@Command(
        name = "jmeter",
        description = "Send shoppers on the whole journey with JMeter, and audit the shop at the end.",
        sortOptions = false)
final class JmeterCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JourneyOptions options = new JourneyOptions();

    @Override
    public Integer call() {
        var terminal = spec.commandLine();
        return new JourneyRun(options.plan(), terminal.getOut(), terminal.getErr())
                .by(
                        List.of("clean:clean@unpacked-jmeter", "jmeter:configure", "jmeter:jmeter", "jmeter:results"),
                        "target/jmeter/reports");
    }
}
