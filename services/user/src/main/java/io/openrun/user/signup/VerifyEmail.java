package io.openrun.user.signup;

import io.openrun.user.account.Accounts;
import io.openrun.user.account.SecretToken;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the token out of a verification mail: the e-mail is theirs, and they may sign in. */
@Component
class VerifyEmail {

    private final Verifications verifications;
    private final Accounts accounts;
    private final Clock clock = Clock.systemUTC();

    VerifyEmail(Verifications verifications, Accounts accounts) {
        this.verifications = verifications;
        this.accounts = accounts;
    }

    /** What became of it. */
    enum Result {
        /** They may sign in. */
        VERIFIED,
        /** Unknown, used or expired. */
        INVALID
    }

    @Transactional
    public Result verify(SecretToken token) {
        var now = clock.instant();
        var verification = verifications.findById(token.digest()).filter(v -> v.isGoodAt(now));
        if (verification.isEmpty()) {
            return Result.INVALID;
        }
        var account = accounts.lock(verification.get().accountId());
        if (account.isEmpty() || account.get().isVerified()) {
            return Result.INVALID;
        }
        account.get()
                .verify(verification.get().passwordHash(), verification.get().profile(), now);
        verifications.deleteOf(account.get().id());
        return Result.VERIFIED;
    }
}
