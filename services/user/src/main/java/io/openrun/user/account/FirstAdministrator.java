package io.openrun.user.account;

import io.openrun.user.account.Account.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Opens the account of the administrator whom the environment names: somebody has to add the first product. Once it is
 * open the environment has no more say in it.
 */
@Component
class FirstAdministrator implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    private final AdministratorSettings settings;
    private final Accounts accounts;
    private final KnownPeople people;

    FirstAdministrator(AdministratorSettings settings, Accounts accounts, KnownPeople people) {
        this.settings = settings;
        this.accounts = accounts;
        this.people = people;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (settings.isNobody()) {
            return;
        }
        var email = settings.address();
        if (people.open(email, "Administrator", Role.ADMIN, settings.password())) {
            log.info("{} is an administrator now", email);
        } else if (accounts.findByEmail(email.value())
                .filter(account -> account.role() == Role.ADMIN)
                .isEmpty()) {
            log.warn("{} has an account that is no administrator's, and keeps it: name another e-mail", email);
        }
    }
}
