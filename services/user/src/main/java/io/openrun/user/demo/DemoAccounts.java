package io.openrun.user.demo;

import io.openrun.user.account.Account;
import io.openrun.user.account.Account.Role;
import io.openrun.user.account.Accounts;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.KnownPeople;
import io.openrun.user.account.PasswordHashing;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sees to it that the demonstration shop has its administrator and its shopper, with the passwords it was told. */
@Component
@ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
class DemoAccounts implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DemoAccounts.class);

    private final Accounts accounts;
    private final KnownPeople people;
    private final PasswordHashing hashing;
    private final DemoSettings settings;
    private final TransactionTemplate transactions;

    DemoAccounts(
            Accounts accounts,
            KnownPeople people,
            PasswordHashing hashing,
            DemoSettings settings,
            PlatformTransactionManager transactionManager) {
        this.accounts = accounts;
        this.people = people;
        this.hashing = hashing;
        this.settings = settings;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var known = Stream.of(
                        new Person("admin@openrun.local", "Administrator", Role.ADMIN, settings.adminPassword()),
                        new Person("demo@openrun.local", "Demo Shopper", Role.USER, settings.shopperPassword()))
                .filter(person -> !person.password().isBlank())
                .filter(person -> !people.open(person.email(), person.name(), person.role(), person.password()))
                .toList();
        // Beside the start: checking takes long on a cold machine, and is for the rare day on which one was changed.
        // No virtual thread: what it is the first to load may need every carrier there is.
        Thread.ofPlatform().name("demo-passwords").daemon().start(() -> known.forEach(this::lookAfter));
    }

    private void lookAfter(Person person) {
        try {
            renew(person);
        } catch (RuntimeException e) {
            log.warn("The password of {} was not looked after: {}", person.email(), e.toString());
        }
    }

    private void renew(Person person) {
        var email = person.email().value();
        if (accounts.findByEmail(email)
                .filter(account -> !matches(person.password(), account))
                .isPresent()) {
            var hash = hash(person.password());
            transactions.executeWithoutResult(
                    status -> accounts.lockByEmail(email).ifPresent(account -> account.changePassword(hash)));
        }
    }

    private String hash(String password) {
        return hashing.inTurn(turn -> turn.hash(password), () -> {
            throw tooBusy();
        });
    }

    private boolean matches(String password, Account account) {
        return hashing.inTurn(turn -> turn.matches(password, Optional.of(account.passwordHash())), () -> {
            throw tooBusy();
        });
    }

    private static IllegalStateException tooBusy() {
        return new IllegalStateException("too many people sign in to look after a demonstration password");
    }

    private record Person(EmailAddress email, String name, Role role, String password) {

        Person(String address, String name, Role role, String password) {
            this(EmailAddress.of(address), name, role, password);
        }
    }
}
