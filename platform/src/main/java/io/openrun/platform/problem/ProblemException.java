package io.openrun.platform.problem;

/** Ends a request with a {@link Problem}; thrown at the web edge, never for control flow inside. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    /** Wraps the problem. */
    public ProblemException(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    /** What to answer. */
    public Problem problem() {
        return problem;
    }
}
