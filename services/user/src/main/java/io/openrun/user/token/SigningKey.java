package io.openrun.user.token;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import io.openrun.user.UserSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.springframework.stereotype.Component;

/** The key that signs access tokens, and what the world may know of it. */
@Component
class SigningKey {

    private static final int P256_BITS = 256;

    private final ECPrivateKey privateKey;
    private final ECKey publicKey;

    SigningKey(UserSettings settings) {
        try {
            this.privateKey = read(settings.signingKeyFile());
            this.publicKey = publish(privateKey);
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(
                    "OPENRUN_SIGNING_KEY_FILE must hold an EC P-256 private key in PKCS#8 PEM", e);
        }
    }

    ECPrivateKey privateKey() {
        return privateKey;
    }

    /** The public half, named by its thumbprint. */
    ECKey publicKey() {
        return publicKey;
    }

    private static ECPrivateKey read(Path file) throws GeneralSecurityException {
        try {
            var text = Files.readString(file)
                    .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                    .replaceAll("\\s", "");
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
            var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
            if (key.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
                throw new GeneralSecurityException("the key is of another curve");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read OPENRUN_SIGNING_KEY_FILE " + file, e);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the key file is not PEM", e);
        }
    }

    private static ECKey publish(ECPrivateKey key) throws GeneralSecurityException, JOSEException {
        var generator = CustomNamedCurves.getByName("secp256r1").getG();
        var point =
                new FixedPointCombMultiplier().multiply(generator, key.getS()).normalize();
        var w = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        var publicKey =
                (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, key.getParams()));
        return new ECKey.Builder(Curve.P_256, publicKey)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(new Algorithm(JWSAlgorithm.ES256.getName()))
                .keyIDFromThumbprint()
                .build();
    }
}
