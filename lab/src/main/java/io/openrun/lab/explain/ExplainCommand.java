package io.openrun.lab.explain;

import io.openrun.engines.EngineException;
import io.openrun.lab.strategies.LabStrategy;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code openrun lab explain}: two buyers and one unit, step by step on engines of their own.
 *
 * <p>Exit status 0 when it went as the strategy promises, overselling included, 1 when it did not or could not be
 * shown, 2 for a strategy that does not exist, options that are not its own, or engines that do not start.
 */
@Command(
        name = "explain",
        description = "Run two buyers step by step against real engines and print what each sends and gets.")
public final class ExplainCommand implements Callable<Integer> {

    private static final int WRONG = 1;
    private static final int UNUSABLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "STRATEGY", description = "What guards the stock, for example group-commit or unguarded.")
    private String strategy = "";

    @Override
    public Integer call() {
        refuseOptionsOfTheLaboratory();
        LabStrategy chosen = LabStrategy.named(strategy)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no strategy " + strategy + "; known are " + LabStrategy.titles() + "."));
        // Else the engines' threads log while logging is being set up, which it complains of between the lines.
        var _ = LoggerFactory.getILoggerFactory();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (OwnEngines engines = OwnEngines.start()) {
            Explanation explanation = new Explanation(engines.jdbcUrl(), engines.redisUrl());
            Sheet sheet = new Sheet(out);
            sheet.title(chosen);
            boolean asExpected = true;
            for (Scene scene : Scenes.of(chosen)) {
                Outcome outcome = explanation.play(chosen, scene);
                sheet.scene(outcome);
                asExpected &= outcome.asExpected();
            }
            return asExpected ? 0 : WRONG;
        } catch (EngineException | ExplainException e) {
            err.println(e.getMessage());
            err.flush();
            return e instanceof EngineException ? UNUSABLE : WRONG;
        }
    }

    /** What stands before {@code explain} is the laboratory's, and would be ignored in silence. */
    private void refuseOptionsOfTheLaboratory() {
        CommandLine laboratory = spec.commandLine().getParent();
        if (laboratory != null
                && laboratory.getParseResult().matchedOptions().stream().anyMatch(o -> !o.usageHelp())) {
            throw new ParameterException(
                    spec.commandLine(), "explain takes no options of lab: it starts engines of its own.");
        }
    }
}
