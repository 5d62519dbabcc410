package io.openrun.platform.web;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.Problems;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in a problem what Tomcat refuses by itself, before any filter or controller has seen it: a path that cannot be
 * decoded, TRACE. And what nobody else has put into words.
 */
public final class ContainerProblems extends ErrorReportValve {

    /** In the place of an address that nobody can read; the fast lane's server names it so, too. */
    private static final String UNREADABLE = "/bad-request";

    private final Problems problems;
    private final JsonMapper json;

    /** Answers in the words of {@code problems}. */
    public ContainerProblems(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (response.getHeader(RequestIdFilter.HEADER) == null) {
            response.setHeader(
                    RequestIdFilter.HEADER, UuidCreator.getTimeOrderedEpoch().toString());
        }
        var language = Problems.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var problem = Problem.of(status, Problem.codeOf(status));
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag());
            var address = Objects.requireNonNullElse(request.getRequestURI(), UNREADABLE);
            var body = json.writeValueAsBytes(problems.members(problem, language, address));
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException gone) {
            container.getLogger().debug("client went away", gone);
        }
    }
}
