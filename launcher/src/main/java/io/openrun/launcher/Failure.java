package io.openrun.launcher;

import io.openrun.engines.EngineException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Something a command cannot go on from, told in one sentence; {@link #exitStatus} 2 when the input is the reason. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    private final int exitStatus;

    private Failure(String sentence, int exitStatus) {
        super(sentence);
        this.exitStatus = exitStatus;
    }

    /** The person can do something about it with other options. */
    static Failure ofInput(String sentence) {
        return new Failure(sentence, BAD_INPUT);
    }

    /** The machine, or another process, is in the way. */
    static Failure of(String sentence) {
        return new Failure(sentence, FAILED);
    }

    int exitStatus() {
        return exitStatus;
    }

    static int report(Exception failure, CommandLine command) {
        command.getErr().println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        if (failure instanceof Failure known) {
            return known.exitStatus();
        }
        if (!(failure instanceof EngineException)) {
            LoggerFactory.getLogger(Failure.class).error("Unexpected", failure);
        }
        return FAILED;
    }
}
