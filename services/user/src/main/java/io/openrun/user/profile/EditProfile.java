package io.openrun.user.profile;

import io.openrun.user.account.Account;
import io.openrun.user.account.Accounts;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Changes what somebody says about themselves. */
@Component
class EditProfile {

    private final Accounts accounts;
    private final ProfilePatch patches;

    EditProfile(Accounts accounts, ProfilePatch patches) {
        this.accounts = accounts;
        this.patches = patches;
    }

    /** The account afterwards, or empty where there is none. */
    @Transactional
    public Optional<Account> edit(UUID userId, JsonNode patch) {
        var account = accounts.lock(userId);
        account.ifPresent(found -> found.changeProfile(patches.apply(patch, found.profile())));
        return account;
    }
}
