package io.openrun.user.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes and signs access tokens (ES256), with the JDK's own implementation: it works in constant time. */
@Component
public class AccessTokens {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SigningKey key;
    private final String header;

    AccessTokens(SigningKey key) {
        this.key = key;
        this.header = encoded("""
                {"alg":"ES256","typ":"JWT","kid":"%s"}""".formatted(key.publicKey().getKeyID()));
    }

    /** What a token claims. */
    public record Claims(UUID userId, UUID sessionId, String role, Instant issuedAt, Duration life) {

        private String json() {
            var roles = role.equals("ADMIN") ? "[\"USER\",\"ADMIN\"]" : "[\"USER\"]";
            long issued = issuedAt.getEpochSecond();
            return """
                    {"iss":"openrun","sub":"%s","sid":"%s","roles":%s,"iat":%d,"exp":%d}""".formatted(userId, sessionId, roles, issued, issued + life.toSeconds());
        }
    }

    /** A token that proves who somebody is. */
    public String sign(Claims claims) {
        var signed = header + "." + encoded(claims.json());
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.privateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign an access token", e);
        }
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
