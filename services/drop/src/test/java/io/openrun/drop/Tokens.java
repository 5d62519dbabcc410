package io.openrun.drop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** The user service of these tests: one key, and the tokens it signs. */
public final class Tokens {

    private static final ECKey KEY = newKey();
    private static final ECKey FOREIGN_KEY = newKey();

    private Tokens() {}

    static String keySet() {
        return new JWKSet(KEY.toPublicJWK()).toString();
    }

    public static String shopper() {
        return shopper(UUID.randomUUID());
    }

    public static String shopper(UUID userId) {
        return signed(claims(userId, "USER", 900), KEY);
    }

    public static String admin() {
        return signed(claims(UUID.randomUUID(), "ADMIN", 900), KEY);
    }

    public static String expired() {
        return signed(claims(UUID.randomUUID(), "USER", -5), KEY);
    }

    public static String forged() {
        var claims = claims(UUID.randomUUID(), "USER", 900);
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(KEY.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(FOREIGN_KEY));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String unsigned() {
        return new PlainJWT(claims(UUID.randomUUID(), "USER", 900)).serialize();
    }

    private static String signed(JWTClaimsSet claims, ECKey key) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claims(UUID userId, String role, long lifeSeconds) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("openrun")
                .subject(userId.toString())
                .claim("sid", UUID.randomUUID().toString())
                .claim("roles", List.of(role))
                .issueTime(Date.from(now.minusSeconds(10)))
                .expirationTime(Date.from(now.plusSeconds(lifeSeconds)))
                .build();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
