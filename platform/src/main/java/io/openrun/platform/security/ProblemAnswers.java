package io.openrun.platform.security;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller has been reached. */
@Component
final class ProblemAnswers {

    private final Problems problems;
    private final JsonMapper json;

    ProblemAnswers(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var language = Problems.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var answer = problems.answer(problem, language, request.getRequestURI());
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        json.writeValue(response.getOutputStream(), answer.getBody());
    }

    /** 401 as RFC 6750 wants it. */
    void unauthenticated(String code, String challenge, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        write(Problem.of(401, code), request, response);
    }
}
