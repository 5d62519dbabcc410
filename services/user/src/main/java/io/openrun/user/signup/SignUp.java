package io.openrun.user.signup;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.user.UserSettings;
import io.openrun.user.account.Account;
import io.openrun.user.account.Accounts;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.PasswordHashing;
import io.openrun.user.account.Profile;
import io.openrun.user.account.SecretToken;
import io.openrun.user.mail.Mail;
import io.openrun.user.mail.Post;
import io.openrun.user.mail.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Signs somebody up. The answer is the same whether or not the e-mail is known; only its owner's inbox tells. */
@Component
class SignUp {

    /** The owner of an address is told of sign-ups with it no more often than this. */
    private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final Verifications verifications;
    private final PasswordHashing hashing;
    private final SignUpMails mails;
    private final Post post;
    private final TransactionOperations transaction;
    private final UserSettings settings;
    private final Clock clock = Clock.systemUTC();

    SignUp(
            Accounts accounts,
            Verifications verifications,
            PasswordHashing hashing,
            SignUpMails mails,
            Post post,
            TransactionOperations transaction,
            UserSettings settings) {
        this.accounts = accounts;
        this.verifications = verifications;
        this.hashing = hashing;
        this.mails = mails;
        this.post = post;
        this.transaction = transaction;
        this.settings = settings;
    }

    /** What became of it. */
    enum Result {
        /** A mail tells the rest. */
        ACCEPTED,
        /** Too many passwords are being hashed; try again. */
        BUSY
    }

    Result signUp(EmailAddress email, String password, Profile profile, Words words) {
        var hash = hashing.<Optional<String>>inTurn(turn -> Optional.of(turn.hash(password)), Optional::empty);
        if (hash.isEmpty()) {
            return Result.BUSY;
        }
        register(email, hash.get(), profile, words).ifPresent(post::send);
        return Result.ACCEPTED;
    }

    private Optional<Mail> register(EmailAddress email, String hash, Profile profile, Words words) {
        try {
            return inTransaction(email, hash, profile, words);
        } catch (DataIntegrityViolationException sameAddressAtOnce) {
            return inTransaction(email, hash, profile, words);
        }
    }

    private Optional<Mail> inTransaction(EmailAddress email, String hash, Profile profile, Words words) {
        return transaction.execute(status -> {
            var now = clock.instant();
            var known = accounts.lockByEmail(email.value());
            if (known.isEmpty()) {
                var id = UuidCreator.getTimeOrderedEpoch();
                var account = new Account(id, email, hash, profile, Account.Role.USER, now);
                return Optional.of(askToVerify(accounts.saveAndFlush(account), hash, profile, now, words));
            }
            return known.get().isVerified()
                    ? tellOwner(known.get(), now, words)
                    : signUpAgain(known.get(), hash, profile, now, words);
        });
    }

    private Optional<Mail> signUpAgain(Account account, String hash, Profile profile, Instant now, Words words) {
        if (verifications.countByAccountIdAndExpiresAtAfter(account.id(), now)
                >= settings.maxVerificationsPerAccount()) {
            return Optional.empty();
        }
        account.signUpAgain(hash, profile);
        return Optional.of(askToVerify(account, hash, profile, now, words));
    }

    private Mail askToVerify(Account account, String hash, Profile profile, Instant now, Words words) {
        var token = SecretToken.random();
        var expiresAt = now.plus(settings.verificationLife());
        verifications.save(new Verification(token, account.id(), hash, profile, expiresAt));
        return mails.verification(account.email(), token, words);
    }

    private Optional<Mail> tellOwner(Account account, Instant now, Words words) {
        int told = accounts.notice(account.id(), now, now.minus(NOTICE_INTERVAL));
        return told == 1 ? Optional.of(mails.alreadyKnown(account.email(), words)) : Optional.empty();
    }
}
