package io.openrun.user.profile;

import io.openrun.user.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person as they see themselves. */
public record UserView(
        UUID id,
        String email,
        String name,
        @Nullable String phone,
        @Nullable String address,
        @Nullable String bio,
        @Nullable String profileImageUrl,
        List<String> roles,
        Instant createdAt) {

    /** What the account's owner may see of it. */
    public static UserView of(Account account) {
        var profile = account.profile();
        return new UserView(
                account.id(),
                account.email(),
                profile.name(),
                profile.phone(),
                profile.address(),
                profile.bio(),
                profile.profileImageUrl(),
                account.role() == Account.Role.ADMIN ? List.of("USER", "ADMIN") : List.of("USER"),
                account.createdAt());
    }
}
