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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.springframework.stereotype.Component;

/** The key that signs access tokens, and what the world may know of it. */
@Component
class SigningKey {

    private static final int P256_BITS = 256;
    private static final byte[] TRIAL = "does one key belong to the other".getBytes(StandardCharsets.US_ASCII);

    private final ECPrivateKey privateKey;
    private final ECKey publicKey;

    SigningKey(UserSettings settings) {
        try {
            String pem = read(settings.signingKeyFile());
            this.privateKey = privateKey(pem);
            this.publicKey = publish(publicKey(pem, privateKey));
        } catch (GeneralSecurityException | IllegalArgumentException | JOSEException e) {
            throw new IllegalStateException(
                    "OPENRUN_SIGNING_KEY_FILE must hold an EC P-256 private key in PKCS#8 PEM,"
                            + " and if it holds a public key too, the one that belongs to it",
                    e);
        }
    }

    ECPrivateKey privateKey() {
        return privateKey;
    }

    /** The public half, named by its thumbprint. */
    ECKey publicKey() {
        return publicKey;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read OPENRUN_SIGNING_KEY_FILE " + file, e);
        }
    }

    private static ECPrivateKey privateKey(String pem) throws GeneralSecurityException {
        byte[] encoded = block(pem, "PRIVATE KEY").orElseThrow(() -> new GeneralSecurityException("no private key"));
        var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        if (key.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
            throw new GeneralSecurityException("the key is of another curve");
        }
        return key;
    }

    /** Reads the public half where the file has it, which is faster than to compute it, and trusts it after a trial. */
    private static ECPublicKey publicKey(String pem, ECPrivateKey privateKey) throws GeneralSecurityException {
        Optional<byte[]> encoded = block(pem, "PUBLIC KEY");
        if (encoded.isEmpty()) {
            return computed(privateKey);
        }
        var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded.get()));
        var signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(privateKey);
        signing.update(TRIAL);
        var verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(key);
        verifying.update(TRIAL);
        if (!verifying.verify(signing.sign())) {
            throw new GeneralSecurityException("the public key is not the private key's");
        }
        return key;
    }

    private static ECPublicKey computed(ECPrivateKey key) throws GeneralSecurityException {
        var generator = CustomNamedCurves.getByName("secp256r1").getG();
        var point =
                new FixedPointCombMultiplier().multiply(generator, key.getS()).normalize();
        var w = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, key.getParams()));
    }

    private static ECKey publish(ECPublicKey key) throws JOSEException {
        return new ECKey.Builder(Curve.P_256, key)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(new Algorithm(JWSAlgorithm.ES256.getName()))
                .keyIDFromThumbprint()
                .build();
    }

    private static Optional<byte[]> block(String pem, String label) {
        var begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + label + "-----");
        return from < 0 || to < from
                ? Optional.empty()
                : Optional.of(Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to)));
    }
}
