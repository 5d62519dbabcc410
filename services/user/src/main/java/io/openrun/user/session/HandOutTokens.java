package io.openrun.user.session;

import io.openrun.user.UserSettings;
import io.openrun.user.account.Account;
import io.openrun.user.account.SecretToken;
import io.openrun.user.token.AccessTokens;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Hands out the next pair of tokens of a session. */
@Component
class HandOutTokens {

    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final UserSettings settings;

    HandOutTokens(RefreshTokens refreshTokens, AccessTokens accessTokens, UserSettings settings) {
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.settings = settings;
    }

    /** Within the caller's transaction. */
    TokenPair of(Session session, Account account, Instant now) {
        var refresh = SecretToken.random();
        refreshTokens.save(new RefreshToken(refresh, session.id()));
        var claims = new AccessTokens.Claims(
                account.id(), session.id(), account.role().name(), now, settings.accessTokenLife());
        return new TokenPair(
                accessTokens.sign(claims),
                refresh.text(),
                settings.accessTokenLife().toSeconds(),
                account);
    }
}
