package io.openrun.platform.web;

import io.openrun.platform.admission.WaitingLine;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets {@value #MAX_AT_ONCE} reads be answered at once; up to {@value #MAX_WAITING} others wait in line, for
 * {@link #MAX_WAIT} at most, and then are told to come back. A virtual thread for everyone who looks would otherwise
 * take the processors from those who buy and pay until their time is up. Writes and what services ask each other, which
 * is not under {@value #API}, are not held up here.
 */
public final class ReadAdmissionFilter extends OncePerRequestFilter {

    /** The most reads that are being answered. */
    public static final int MAX_AT_ONCE = 16;

    /** The most that wait for that. */
    public static final int MAX_WAITING = 10_000;

    /** The longest that one waits. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private static final String API = "/api/";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

    private final ProblemAnswers answers;
    private final WaitingLine line = new WaitingLine(MAX_AT_ONCE, MAX_WAITING, MAX_WAIT);

    /** Refuses with {@code answers}. */
    public ReadAdmissionFilter(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !READS.contains(request.getMethod()) || !request.getRequestURI().startsWith(API);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!line.enter()) {
            answers.write(Problem.busy(503, COME_BACK_AFTER), request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            line.leave();
        }
    }

    /** How many wait. */
    int waiting() {
        return line.waiting();
    }
}
