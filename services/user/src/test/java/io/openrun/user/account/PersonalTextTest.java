package io.openrun.user.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.openrun.user.UserSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PersonalTextTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final PersonalText personal = withKey(new byte[32]);

    private static PersonalText withKey(byte[] key) {
        var encoded = Base64.getEncoder().encodeToString(key);
        return new PersonalText(
                new UserSettings(Path.of("unused"), encoded, URI.create("http://shop"), DAY, DAY, 1, DAY, 1, 1, DAY));
    }

    private byte[] sealed(String text) {
        return Objects.requireNonNull(personal.convertToDatabaseColumn(text));
    }

    @Test
    void opensWhatItSealedAndKeepsNothingOfNothing() {
        assertThat(personal.convertToEntityAttribute(sealed("\uae40 \uc11c\uc5f0")))
                .isEqualTo("\uae40 \uc11c\uc5f0");
        assertThat(personal.convertToDatabaseColumn(null)).isNull();
        assertThat(personal.convertToEntityAttribute(null)).isNull();
    }

    @Test
    void doesNotShowThatTwoTextsAreTheSame() {
        assertThat(sealed("the same")).isNotEqualTo(sealed("the same"));
    }

    @Test
    void refusesAKeyThatIsTooShortOrTooLong() {
        for (int bytes : new int[] {0, 16, 31, 33}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withKey(new byte[bytes]))
                    .withMessageContaining("OPENRUN_DATA_KEY");
        }
    }

    @Test
    void opensNothingWithAnotherKey() {
        var another = new byte[32];
        another[31] = 1;

        assertThatIllegalStateException()
                .isThrownBy(() -> withKey(another).convertToEntityAttribute(sealed("a name")))
                .withMessageContaining("OPENRUN_DATA_KEY");
    }

    @Test
    void noticesEveryBitThatSomebodyChanged() {
        var sealed = sealed("n");
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThatIllegalStateException()
                    .as("bit %d", bit)
                    .isThrownBy(() -> personal.convertToEntityAttribute(changed));
        }
    }
}
