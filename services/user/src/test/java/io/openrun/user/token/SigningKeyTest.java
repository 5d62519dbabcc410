package io.openrun.user.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.openrun.user.UserSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    @Test
    void findsOutThePublicHalfWhereTheFileHasOnlyThePrivateOne() throws Exception {
        KeyPair pair = pair("secp256r1");

        assertThat(keyOf(privatePem(pair)).publicKey().toECPublicKey().getW())
                .isEqualTo(((ECPublicKey) pair.getPublic()).getW());
    }

    @Test
    void takesThePublicHalfFromTheFile() throws Exception {
        KeyPair pair = pair("secp256r1");

        SigningKey both = keyOf(privatePem(pair) + publicPem(pair));

        assertThat(both.publicKey()).isEqualTo(keyOf(privatePem(pair)).publicKey());
    }

    @Test
    void refusesThePublicHalfOfAnotherKey() throws Exception {
        String pem = privatePem(pair("secp256r1")) + publicPem(pair("secp256r1"));

        assertThatIllegalStateException()
                .isThrownBy(() -> keyOf(pem))
                .withMessageContaining("OPENRUN_SIGNING_KEY_FILE");
    }

    @Test
    void refusesAKeyOfAnotherCurveAndAFileThatHoldsNone() throws Exception {
        String otherCurve = privatePem(pair("secp384r1"));

        assertThatIllegalStateException().isThrownBy(() -> keyOf(otherCurve));
        assertThatIllegalStateException().isThrownBy(() -> keyOf("no key"));
        assertThatIllegalStateException()
                .isThrownBy(() -> keyOf("-----BEGIN PRIVATE KEY-----\n?\n-----END PRIVATE KEY-----\n"));
    }

    @Test
    void namesTheFileThatItCannotRead() {
        for (Path file : List.of(folder.resolve("missing.pem"), folder)) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> keyIn(file))
                    .withMessage("cannot read OPENRUN_SIGNING_KEY_FILE " + file);
        }
    }

    private SigningKey keyOf(String pem) throws IOException {
        return keyIn(Files.writeString(folder.resolve("key.pem"), pem));
    }

    private static SigningKey keyIn(Path file) {
        return new SigningKey(new UserSettings(file, "unused", URI.create("http://shop"), DAY, DAY, 1, DAY, 1, 1, DAY));
    }

    private static KeyPair pair(String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String privatePem(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    private static String publicPem(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(encoded), label);
    }
}
