package io.openrun.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Turns everything that can go wrong in a controller into a problem; bad input is never a 5xx. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final SQLExceptionTranslator FAILURES = new SQLExceptionSubclassTranslator();

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e, HttpServletRequest request) {
        return answer(e.problem(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException inner) {
                return answer(inner.problem(), request);
            }
        }
        return answer(
                e.getCause() instanceof JacksonException json
                        ? UnreadableJson.problem(json)
                        : Problem.of(400, "MALFORMED_JSON"),
                request);
    }

    @ExceptionHandler({MethodArgumentNotValidException.class, BindException.class})
    ResponseEntity<Object> invalid(BindException e, HttpServletRequest request) {
        List<Problem.FieldError> errors = new ArrayList<>();
        for (var error : e.getBindingResult().getAllErrors()) {
            var field = error instanceof FieldError f ? f.getField() : error.getObjectName();
            errors.add(new Problem.FieldError(field, messageOf(error, request)));
        }
        return answer(Problem.of(400, "VALIDATION_FAILED").with("errors", errors), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(HandlerMethodValidationException e, HttpServletRequest request) {
        List<Problem.FieldError> errors = new ArrayList<>();
        for (var result : e.getParameterValidationResults()) {
            var parameter = String.valueOf(result.getMethodParameter().getParameterName());
            for (var error : result.getResolvableErrors()) {
                errors.add(new Problem.FieldError(
                        error instanceof FieldError f ? f.getField() : parameter, messageOf(error, request)));
            }
        }
        return answer(Problem.of(400, "VALIDATION_FAILED").with("errors", errors), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(ConstraintViolationException e, HttpServletRequest request) {
        var errors = e.getConstraintViolations().stream()
                .map(v -> new Problem.FieldError(v.getPropertyPath().toString(), v.getMessage()))
                .toList();
        return answer(Problem.of(400, "VALIDATION_FAILED").with("errors", errors), request);
    }

    /** An id in a path that is no id names nothing; anything else of the wrong type is invalid. */
    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        boolean inPath =
                e.getParameter().hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class);
        return answer(inPath ? Problem.notFound() : Problem.invalid(e.getName(), "has the wrong type"), request);
    }

    /** What the firewall turns away only once somebody reads it: the name of a parameter, for example. */
    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException e, HttpServletRequest request) {
        return answer(Problem.of(400, "BAD_REQUEST"), request);
    }

    /** Parameters that Tomcat cannot decode, it reads only once somebody asks for one. */
    @ExceptionHandler
    ResponseEntity<Object> undecodable(InvalidParameterException e, HttpServletRequest request) {
        return answer(Problem.of(e.getErrorCode(), Problem.codeOf(e.getErrorCode())), request);
    }

    /** The database or another service is away or too busy: nothing was done, try again. */
    @ExceptionHandler({
        TransientDataAccessException.class,
        DataAccessResourceFailureException.class,
        CannotCreateTransactionException.class,
        ResourceAccessException.class,
        HttpServerErrorException.class
    })
    ResponseEntity<Object> busy(Exception e, HttpServletRequest request) {
        log.warn(
                "{} {} met a database or a service that is away or busy: {}",
                request.getMethod(),
                request.getRequestURI(),
                e.toString());
        return answer(Problem.busy(503, java.time.Duration.ofSeconds(1)), request);
    }

    /** The client has gone; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        log.debug("client went away: {}", e.toString());
    }

    @ExceptionHandler
    ResponseEntity<Object> other(Exception e, HttpServletRequest request) throws Exception {
        if (e instanceof ErrorResponse spring) {
            var answer = answer(Problem.of(spring.getStatusCode().value(), codeOf(spring.getStatusCode())), request);
            var headers = new HttpHeaders();
            headers.putAll(spring.getHeaders());
            headers.putAll(answer.getHeaders());
            return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
        }
        if (e instanceof org.springframework.security.access.AccessDeniedException
                || e instanceof org.springframework.security.core.AuthenticationException) {
            throw e;
        }
        if (isAnAbsentDatabase(e)) {
            return busy(e, request);
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(Problem.of(500, "INTERNAL_ERROR"), request);
    }

    /** Whoever asked by plain JDBC, as the engine does, says it in words of their own. */
    private static boolean isAnAbsentDatabase(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                var known = FAILURES.translate("answer", null, failure);
                return known instanceof TransientDataAccessException
                        || known instanceof DataAccessResourceFailureException;
            }
        }
        return false;
    }

    private static String codeOf(HttpStatusCode status) {
        return status.value() == 400 ? "VALIDATION_FAILED" : Problem.codeOf(status.value());
    }

    private String messageOf(MessageSourceResolvable error, HttpServletRequest request) {
        return problems.fieldMessage(error, languageOf(request));
    }

    private ResponseEntity<Object> answer(Problem problem, HttpServletRequest request) {
        return problems.answer(problem, languageOf(request), request.getRequestURI());
    }

    private static Locale languageOf(HttpServletRequest request) {
        return Problems.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
