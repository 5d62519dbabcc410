package io.openrun.platform.security;

import io.openrun.platform.calls.ServiceCalls;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemAnswers;
import io.openrun.platform.security.TokenVerdict.Refused;
import io.openrun.platform.security.TokenVerdict.Verified;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling: a person by their access token, or another service by the service key. A token that proves
 * nothing ends the request, on public routes as well; only at the entrances nobody looks at it.
 */
final class CallerFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    private final TokenVerifier tokens;
    private final RequestMatcher entrances;
    private final byte[] serviceKey;
    private final ProblemAnswers answers;

    CallerFilter(TokenVerifier tokens, RequestMatcher entrances, String serviceKey, ProblemAnswers answers) {
        this.tokens = tokens;
        this.entrances = entrances;
        this.serviceKey = serviceKey.getBytes(StandardCharsets.UTF_8);
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityConfiguration.INTERNAL.matches(request)) {
            if (isService(request)) {
                enter("service", List.of("SERVICE"));
            }
            chain.doFilter(request, response);
            return;
        }
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || entrances.matches(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            answers.unauthenticated("UNAUTHENTICATED", INVALID_TOKEN, request, response);
            return;
        }
        switch (tokens.verify(authorization.substring(BEARER.length()).strip())) {
            case Verified(Caller caller) -> {
                enter(caller, caller.roles());
                chain.doFilter(request, response);
            }
            case Refused(TokenVerdict.Reason reason) -> refuse(reason, request, response);
        }
    }

    private void refuse(TokenVerdict.Reason reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (reason) {
            case EXPIRED -> answers.unauthenticated("TOKEN_EXPIRED", INVALID_TOKEN, request, response);
            case INVALID -> answers.unauthenticated("UNAUTHENTICATED", INVALID_TOKEN, request, response);
            case REVOKED -> answers.unauthenticated("SESSION_ENDED", INVALID_TOKEN, request, response);
            case UNKNOWN_YET -> answers.write(Problem.busy(503, Duration.ofSeconds(1)), request, response);
        }
    }

    private boolean isService(HttpServletRequest request) {
        var given = request.getHeader(ServiceCalls.SERVICE_KEY_HEADER);
        return given != null
                && serviceKey.length > 0
                && MessageDigest.isEqual(serviceKey, given.getBytes(StandardCharsets.UTF_8));
    }

    private static void enter(Object principal, Iterable<String> roles) {
        var authorities = new ArrayList<SimpleGrantedAuthority>();
        roles.forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
        SecurityContextHolder.setContext(new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(principal, null, authorities)));
    }
}
