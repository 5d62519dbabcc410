package io.openrun.user.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.springframework.stereotype.Component;

/**
 * Writes and signs access tokens (ES256).
 *
 * <p>The JDK signs, in constant time. Tokens for demonstration shoppers are needed by the hundred thousand and guard
 * nothing: Bouncy Castle signs those, in half the time.
 */
@Component
public class AccessTokens {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String header;
    private final Signer careful;
    private final Signer quick;

    AccessTokens(SigningKey key) {
        this.careful = Signer.of(key, Security.getProvider("SunEC"), "SHA256withECDSAinP1363Format");
        this.quick = Signer.of(key, new BouncyCastleProvider(), "SHA256withPLAIN-ECDSA");
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
        return sign(claims, careful);
    }

    /** A token for a demonstration shopper. */
    public String signQuickly(Claims claims) {
        return sign(claims, quick);
    }

    private String sign(Claims claims, Signer signer) {
        var signed = header + "." + encoded(claims.json());
        return signed + "." + BASE64.encodeToString(signer.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A provider, with the key in its own form: another's would be translated anew for each signature. */
    private record Signer(Provider provider, String algorithm, PrivateKey key) {

        static Signer of(SigningKey key, Provider provider, String algorithm) {
            try {
                var spec = new PKCS8EncodedKeySpec(key.privateKey().getEncoded());
                return new Signer(
                        provider, algorithm, KeyFactory.getInstance("EC", provider).generatePrivate(spec));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign with this key", e);
            }
        }

        byte[] sign(byte[] text) {
            try {
                var signature = Signature.getInstance(algorithm, provider);
                signature.initSign(key);
                signature.update(text);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign an access token", e);
            }
        }
    }
}
