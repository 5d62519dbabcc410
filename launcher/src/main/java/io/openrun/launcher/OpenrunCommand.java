package io.openrun.launcher;

import io.openrun.lab.bench.BenchCommand;
import io.openrun.lab.bench.SustainCommand;
import io.openrun.lab.contention.LabCommand;
import io.openrun.lab.rush.RushCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: which command, and what a mistake looks like (one sentence, exit status 2).
 */
@Command(
        name = "openrun",
        description = "Sells limited things first come, first served, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            RushCommand.class,
            BenchCommand.class,
            SustainCommand.class,
            LabCommand.class,
            GatlingCommand.class,
            JmeterCommand.class,
            TokensCommand.class,
            ResetCommand.class,
            TestCommand.class,
            HelpCommand.class,
        },
        footer = {"", "openrun help COMMAND tells more about one of them."})
public final class OpenrunCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new OpenrunCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((mistake, arguments) -> oneSentence(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> Failure.report(failure, command));
        commandLine.setDefaultValueProvider(dataBesideTheProject());
        addHelp(commandLine);
        return commandLine;
    }

    /** Every command answers {@code -h} and {@code --help} as {@code openrun help COMMAND} does. */
    private static void addHelp(CommandLine command) {
        if (!(command.getCommand() instanceof HelpCommand)) {
            command.getCommandSpec().addOption(helpOption());
        }
        command.getSubcommands().values().forEach(OpenrunCommand::addHelp);
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Say this, and do nothing.")
                .build();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Without {@code --data} every command means the same folder, wherever it is called from. */
    private static IDefaultValueProvider dataBesideTheProject() {
        var root = System.getProperty("openrun.root");
        return argument -> root != null && argument.paramLabel().equals("DIR") && argument.isOption()
                ? Path.of(root, DataFolder.DEFAULT_NAME).toString()
                : null;
    }

    private static int oneSentence(ParameterException mistake) {
        var command = mistake.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        var sentence = String.valueOf(mistake.getMessage()).lines().findFirst().orElse("This cannot be understood");
        var hint = name.equals("openrun") ? "openrun help" : name.replace("openrun ", "openrun help ");
        command.getErr().println(sentence + (sentence.endsWith(".") ? "" : ".") + " See: ./" + hint);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
