package io.openrun.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller has been reached. */
@Component
public final class ProblemAnswers {

    private final Problems problems;
    private final JsonMapper json;

    /** Answers in the words of {@code problems}. */
    public ProblemAnswers(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    /** The whole answer, which must not have begun. */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var language = Problems.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var answer = problems.answer(problem, language, request.getRequestURI());
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        json.writeValue(response.getOutputStream(), answer.getBody());
    }

    /** 401 as RFC 6750 wants it. */
    public void unauthenticated(String code, String challenge, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        write(Problem.of(401, code), request, response);
    }
}
