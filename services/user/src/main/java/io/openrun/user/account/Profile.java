package io.openrun.user.account;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about themselves. Name, phone and address are encrypted at rest.
 *
 * @param bio a few lines, for everybody to read
 */
@Embeddable
public record Profile(
        @Convert(converter = PersonalText.class) @Column(nullable = false)
        String name,

        @Convert(converter = PersonalText.class) @Nullable String phone,
        @Convert(converter = PersonalText.class) @Nullable String address,
        @Nullable String bio,
        @Nullable String profileImageUrl) {

    /** Says nothing personal, for logs. */
    @Override
    public String toString() {
        return "Profile[…]";
    }
}
