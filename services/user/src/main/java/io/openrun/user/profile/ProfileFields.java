package io.openrun.user.profile;

import io.openrun.user.account.PlainText;
import io.openrun.user.account.Profile;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** What people may say about themselves, and within which bounds. */
record ProfileFields(
        @NotNull @PlainText(min = 1, max = 100) String name,
        @Nullable @Pattern(regexp = "\\+?[0-9 ()-]{5,30}") String phone,
        @Nullable @PlainText(min = 1, max = 300) String address,
        @Nullable @PlainText(max = 1000, lines = true) String bio,

        @Nullable @PlainText(max = 500) @Pattern(regexp = "https?://\\S+")
        String profileImageUrl) {

    static ProfileFields of(Profile profile) {
        return new ProfileFields(
                profile.name(), profile.phone(), profile.address(), profile.bio(), profile.profileImageUrl());
    }

    Profile profile() {
        return new Profile(name.strip(), phone, address, bio, profileImageUrl);
    }

    /** Says nothing personal, for logs. */
    @Override
    public String toString() {
        return "ProfileFields[…]";
    }
}
