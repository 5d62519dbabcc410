package io.openrun.user.account;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Gives accounts to people whom whoever runs the shop vouches for, so that no mail has to verify them. */
@Component
public class KnownPeople {

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final Clock clock = Clock.systemUTC();

    KnownPeople(Accounts accounts, PasswordHashing hashing) {
        this.accounts = accounts;
        this.hashing = hashing;
    }

    /**
     * Opens a verified account. One that has this e-mail already stays as it is, whoever opened it.
     *
     * @return whether there was none
     */
    public boolean open(EmailAddress email, String name, Account.Role role, String password) {
        if (accounts.isTaken(email.value())) {
            return false;
        }
        var profile = new Profile(name, null, null, null, null);
        var hash = hashing.inTurn(turn -> turn.hash(password), () -> {
            throw new IllegalStateException("too many passwords are being hashed to open the account of " + email);
        });
        var account = new Account(UuidCreator.getTimeOrderedEpoch(), email, hash, profile, role, clock.instant());
        account.verify(hash, profile, clock.instant());
        try {
            accounts.save(account);
            return true;
        } catch (DataIntegrityViolationException another) {
            // Instances start together, and one of them is first.
            return false;
        }
    }
}
