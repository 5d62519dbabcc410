package io.openrun.user.session;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import io.openrun.user.account.Email;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.PlainText;
import io.openrun.user.account.SecretToken;
import io.openrun.user.profile.UserView;
import io.openrun.user.session.SignInResult.BadCredentials;
import io.openrun.user.session.SignInResult.Busy;
import io.openrun.user.session.SignInResult.NotVerified;
import io.openrun.user.session.SignInResult.SignedIn;
import io.openrun.user.session.SignInResult.TooManyAttempts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sessions over HTTP. */
@RestController
@RequestMapping("/api/v1/sessions")
class SessionController {

    /** Beyond every id. */
    private static final UUID LAST = new UUID(-1, -1);

    private final SignIn signIn;
    private final RefreshSession refreshSession;
    private final EndSessions endSessions;
    private final Sessions sessions;
    private final Clock clock = Clock.systemUTC();

    SessionController(SignIn signIn, RefreshSession refreshSession, EndSessions endSessions, Sessions sessions) {
        this.signIn = signIn;
        this.refreshSession = refreshSession;
        this.endSessions = endSessions;
        this.sessions = sessions;
    }

    record SignInRequest(
            @NotNull @Email String email,
            @NotNull @PlainText(max = 1_000) String password,
            @Nullable @PlainText(max = 500) String device) {

        @Override
        public String toString() {
            return "SignInRequest[…]";
        }
    }

    record RefreshRequest(
            @NotNull @Size(min = 1, max = SecretToken.MAX_CHARS)
            String refreshToken) {

        @Override
        public String toString() {
            return "RefreshRequest[…]";
        }
    }

    record Tokens(String accessToken, String refreshToken, long expiresIn, UserView user) {

        static Tokens of(TokenPair pair) {
            return new Tokens(
                    pair.accessToken(), pair.refreshToken(), pair.expiresInSeconds(), UserView.of(pair.account()));
        }

        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    record SessionView(
            UUID id,
            @Nullable String device,
            boolean current,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt) {

        static SessionView of(Session session, UUID current) {
            return new SessionView(
                    session.id(),
                    session.device(),
                    session.id().equals(current),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt());
        }
    }

    @PostMapping
    ResponseEntity<Tokens> signIn(@Valid @RequestBody SignInRequest request) {
        return switch (signIn.signIn(EmailAddress.of(request.email), request.password, request.device)) {
            case SignedIn(TokenPair tokens) -> answer(HttpStatus.CREATED, tokens);
            case BadCredentials() -> throw Problem.of(401, "BAD_CREDENTIALS").asException();
            case NotVerified() -> throw Problem.of(403, "EMAIL_NOT_VERIFIED").asException();
            case TooManyAttempts(var retryAfter) ->
                throw Problem.of(429, "TOO_MANY_ATTEMPTS")
                        .with("retryAfterMs", retryAfter.toMillis())
                        .asException();
            case Busy(var retryAfter) -> throw Problem.busy(503, retryAfter).asException();
        };
    }

    @PostMapping("/refresh")
    ResponseEntity<Tokens> refresh(@Valid @RequestBody RefreshRequest request) {
        return refreshSession
                .refresh(new SecretToken(request.refreshToken))
                .map(tokens -> answer(HttpStatus.OK, tokens))
                .orElseThrow(() -> Problem.of(401, "SESSION_ENDED").asException());
    }

    private static ResponseEntity<Tokens> answer(HttpStatus status, TokenPair tokens) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(Tokens.of(tokens));
    }

    @GetMapping
    Page<SessionView> sessions(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var before = Objects.requireNonNullElse(Cursor.decodeId(cursor), LAST);
        var found = sessions.alive(caller.userId(), clock.instant(), before, Limit.of(size + 1));
        return Page.of(found, size, session -> session.id().toString())
                .map(session -> SessionView.of(session, caller.sessionId()));
    }

    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutHere(@AuthenticationPrincipal Caller caller) {
        endSessions.one(caller.userId(), caller.sessionId());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutEverywhere(@AuthenticationPrincipal Caller caller) {
        endSessions.all(caller.userId(), caller.sessionId());
    }
}
