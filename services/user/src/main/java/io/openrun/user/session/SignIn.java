package io.openrun.user.session;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.user.UserSettings;
import io.openrun.user.account.Account;
import io.openrun.user.account.Accounts;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.PasswordHashing;
import io.openrun.user.session.SignInResult.BadCredentials;
import io.openrun.user.session.SignInResult.Busy;
import io.openrun.user.session.SignInResult.NotVerified;
import io.openrun.user.session.SignInResult.SignedIn;
import io.openrun.user.session.SignInResult.TooManyAttempts;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens a session for whoever knows the password. */
@Component
class SignIn {

    private final Accounts accounts;
    private final Sessions sessions;
    private final LoginFailures failures;
    private final PasswordHashing hashing;
    private final HandOutTokens tokens;
    private final EndSessions endSessions;
    private final TransactionOperations transaction;
    private final UserSettings settings;
    private final Clock clock = Clock.systemUTC();

    SignIn(
            Accounts accounts,
            Sessions sessions,
            LoginFailures failures,
            PasswordHashing hashing,
            HandOutTokens tokens,
            EndSessions endSessions,
            TransactionOperations transaction,
            UserSettings settings) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.failures = failures;
        this.hashing = hashing;
        this.tokens = tokens;
        this.endSessions = endSessions;
        this.transaction = transaction;
        this.settings = settings;
    }

    SignInResult signIn(EmailAddress email, String password, @Nullable String device) {
        return hashing.inTurn(
                turn -> attempt(turn, email, password, device), () -> new Busy(PasswordHashing.RETRY_AFTER));
    }

    private SignInResult attempt(
            PasswordHashing.Turn turn, EmailAddress email, String password, @Nullable String device) {
        var refusedFor = failures.countAttempt(email);
        if (refusedFor.isPresent()) {
            return new TooManyAttempts(refusedFor.get());
        }
        var account = accounts.findByEmail(email.value());
        if (!turn.matches(password, account.map(Account::passwordHash))) {
            return new BadCredentials();
        }
        failures.forget(email);
        return account.orElseThrow().isVerified()
                ? new SignedIn(open(account.get().id(), device))
                : new NotVerified();
    }

    private TokenPair open(UUID accountId, @Nullable String device) {
        return transaction.execute(status -> {
            var account = accounts.lock(accountId).orElseThrow();
            makeRoom(accountId);
            var now = clock.instant();
            var session = sessions.save(new Session(
                    UuidCreator.getTimeOrderedEpoch(), accountId, device, now, now.plus(settings.sessionLife())));
            return tokens.of(session, account, now);
        });
    }

    /** Ends the oldest sessions beyond the bound. */
    private void makeRoom(UUID accountId) {
        var ids = sessions.idsOf(accountId);
        int kept = settings.maxSessionsPerAccount() - 1;
        if (ids.size() > kept) {
            endSessions.some(accountId, ids.subList(kept, ids.size()));
        }
    }
}
