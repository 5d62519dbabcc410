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
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what is being answered at once, because a virtual thread for everyone who comes would otherwise take the
 * processors from those who buy and pay, and in the end the memory from all.
 *
 * <p>{@value #MAX_READS} reads of the API are answered at once; others wait in line, for {@link #MAX_WAIT} at most. Of
 * everything else, and of what services ask each other, {@value #MAX_OTHERS} each are answered at once, and as many of the
 * former wait for {@link #MAX_SHORT_WAIT}. Whoever is one too many is told to come back. While connections are crowded, a shopper's is closed after its answer, for another's.
 */
public final class RequestAdmissionFilter extends OncePerRequestFilter {

    /** The most reads that are being answered. */
    static final int MAX_READS = 16;

    /** The most reads that wait for that: as many as there may be connections. */
    static final int MAX_WAITING = 3_000;

    /** The most requests that are no reads, and the most that services have of each other. */
    static final int MAX_OTHERS = 1_000;

    /** The longest that a read waits. */
    static final Duration MAX_WAIT = Duration.ofSeconds(20);

    /** The longest that anything else of a shopper's waits: long enough for somebody's answer to leave. */
    static final Duration MAX_SHORT_WAIT = Duration.ofSeconds(1);

    private static final String API = "/api/";
    private static final String BETWEEN_SERVICES = "/internal/";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

    private final OpenConnections connections;
    private final ProblemAnswers answers;
    private final WaitingLine reads = new WaitingLine(MAX_READS, MAX_WAITING, MAX_WAIT);
    private final WaitingLine services = new WaitingLine(MAX_OTHERS, 0, Duration.ZERO);
    private final WaitingLine others = new WaitingLine(MAX_OTHERS, MAX_OTHERS, MAX_SHORT_WAIT);

    /** Refuses with {@code answers}. */
    public RequestAdmissionFilter(OpenConnections connections, ProblemAnswers answers) {
        this.connections = connections;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var line = lineFor(request);
        if (!line.enter()) {
            UnreadBodies.leave(request);
            answers.write(Problem.busy(503, COME_BACK_AFTER), request, response);
            return;
        }
        if (line != services && connections.areCrowded()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        try {
            chain.doFilter(request, response);
        } finally {
            line.leave();
        }
    }

    private WaitingLine lineFor(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.startsWith(BETWEEN_SERVICES)) {
            return services;
        }
        return READS.contains(request.getMethod()) && path.startsWith(API) ? reads : others;
    }

    /** How many reads wait. */
    int waiting() {
        return reads.waiting();
    }

    /** How many others wait. */
    int othersWaiting() {
        return others.waiting();
    }
}
