package io.openrun.user.session;

import io.openrun.user.UserSettings;
import io.openrun.user.account.Accounts;
import io.openrun.user.account.SecretToken;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Trades a refresh token for the next pair of tokens. One that is presented twice was stolen, by the first who
 * presented it or by the second: the whole session ends.
 */
@Component
class RefreshSession {

    private final RefreshTokens refreshTokens;
    private final Sessions sessions;
    private final Accounts accounts;
    private final HandOutTokens tokens;
    private final EndSessions endSessions;
    private final UserSettings settings;
    private final Clock clock = Clock.systemUTC();

    RefreshSession(
            RefreshTokens refreshTokens,
            Sessions sessions,
            Accounts accounts,
            HandOutTokens tokens,
            EndSessions endSessions,
            UserSettings settings) {
        this.refreshTokens = refreshTokens;
        this.sessions = sessions;
        this.accounts = accounts;
        this.tokens = tokens;
        this.endSessions = endSessions;
        this.settings = settings;
    }

    /** The next tokens, or empty: the session has ended. */
    @Transactional
    public Optional<TokenPair> refresh(SecretToken presented) {
        var now = clock.instant();
        // The session's lock is its tokens' lock: of two who present one at once, the second finds it spent.
        var session = refreshTokens
                .sessionOf(presented.digest())
                .flatMap(sessions::lock)
                .filter(s -> s.isAliveAt(now));
        var token = session.flatMap(s -> refreshTokens.findById(presented.digest()));
        if (session.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        if (token.get().isSpent()) {
            endSessions.one(session.get().accountId(), session.get().id());
            return Optional.empty();
        }
        token.get().spend(now);
        session.get().prolong(now, now.plus(settings.sessionLife()));
        return accounts.findById(session.get().accountId()).map(account -> tokens.of(session.get(), account, now));
    }
}
