package io.openrun.user.demo;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.user.account.Account;
import io.openrun.user.account.Account.Role;
import io.openrun.user.account.Accounts;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.PasswordHashing;
import io.openrun.user.account.Profile;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sees to it that the demonstration shop has its administrator and its shopper, with the passwords it was told. */
@Component
@ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
class DemoAccounts implements ApplicationRunner {

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final DemoSettings settings;
    private final Clock clock = Clock.systemUTC();

    DemoAccounts(Accounts accounts, PasswordHashing hashing, DemoSettings settings) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.settings = settings;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        ensure("admin@openrun.local", "Administrator", Role.ADMIN, settings.adminPassword());
        ensure("demo@openrun.local", "Demo Shopper", Role.USER, settings.shopperPassword());
    }

    private void ensure(String address, String name, Role role, String password) {
        if (password.isBlank()) {
            return;
        }
        var email = EmailAddress.of(address);
        var known = accounts.lockByEmail(email.value());
        if (known.isEmpty()) {
            var profile = new Profile(name, null, null, null, null);
            var hash = hash(password);
            var account = new Account(UuidCreator.getTimeOrderedEpoch(), email, hash, profile, role, clock.instant());
            account.verify(hash, profile, clock.instant());
            accounts.save(account);
        } else if (!matches(password, known.get())) {
            known.get().changePassword(hash(password));
        }
    }

    private String hash(String password) {
        return hashing.inTurn(turn -> turn.hash(password), () -> {
            throw impossible();
        });
    }

    private boolean matches(String password, Account account) {
        return hashing.inTurn(turn -> turn.matches(password, Optional.of(account.passwordHash())), () -> {
            throw impossible();
        });
    }

    private static IllegalStateException impossible() {
        return new IllegalStateException("nobody signs in before the shop is open");
    }
}
