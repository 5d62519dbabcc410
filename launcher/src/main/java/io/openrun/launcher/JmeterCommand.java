package io.openrun.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);

    private static final Pattern UNPACKED = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JourneyOptions options = new JourneyOptions();

    @Override
    public Integer call() {
        var terminal = spec.commandLine();
        return new JourneyRun(options.plan(), terminal.getOut(), terminal.getErr())
                .by(
                        List.of("jmeter:configure", "jmeter:jmeter", "jmeter:results"),
                        "target/jmeter/reports",
                        JmeterCommand::tidy);
    }

    /**
     * JMeter writes its report to an empty folder only, always the same, so each is moved to one of its own time; and its
     * plugin unpacks it anew each time.
     */
    private static void tidy(Path module) throws IOException {
        Path target = module.resolve("target");
        Path report = target.resolve("jmeter/reports/journey");
        if (Files.isDirectory(report)) {
            Files.move(
                    report,
                    report.resolveSibling("journey-"
                            + LocalDateTime.now(ZoneId.systemDefault()).format(TIME)));
        }
        if (Files.isDirectory(target)) {
            List<Path> unpacked;
            try (var entries = Files.list(target)) {
                unpacked = entries.filter(entry ->
                                UNPACKED.matcher(entry.getFileName().toString()).matches())
                        .toList();
            }
            for (Path copy : unpacked) {
                DataFolder.remove(copy);
            }
        }
    }
}
