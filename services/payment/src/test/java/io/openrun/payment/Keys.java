package io.openrun.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** Signs access tokens as the user service does, and publishes the key they are checked with. */
final class Keys {

    private static final String KEY_ID = "test-key";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;

    Keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String keySet() {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return """
                {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}""".formatted(
                        KEY_ID,
                        number(point.getAffineX().toByteArray()),
                        number(point.getAffineY().toByteArray()));
    }

    /** A token of somebody, valid for a while; a negative while has passed. */
    String token(UUID userId, String role, Duration validFor) {
        var now = Instant.now();
        var header = text("{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(KEY_ID));
        var claims = text("{\"iss\":\"openrun\",\"sub\":\"%s\",\"sid\":\"%s\",\"roles\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                .formatted(
                        userId,
                        UUID.randomUUID(),
                        role,
                        now.minusSeconds(60).getEpochSecond(),
                        now.plus(validFor).getEpochSecond()));
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return header + "." + claims + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(byte[] signed) {
        var unsigned = new byte[32];
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, unsigned, 32 - length, length);
        return BASE64.encodeToString(Arrays.copyOf(unsigned, 32));
    }
}
