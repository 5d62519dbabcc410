package io.openrun.user.account;

import io.openrun.user.UserSettings;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Encrypts personal data on its way into the database: AES-256-GCM with a new nonce each time. The stored bytes are
 * a version (1), the nonce and the ciphertext with its tag; the version leaves room for another key.
 */
@Component
@Converter
public class PersonalText implements AttributeConverter<String, byte[]> {

    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final @Nullable SecretKeySpec key;

    /** Without a key, for the build: it looks at how the entities are mapped, and converts nothing. */
    protected PersonalText() {
        this.key = null;
    }

    /** Takes the key from the settings. */
    @Autowired
    public PersonalText(UserSettings settings) {
        var bytes = Base64.getDecoder().decode(settings.dataKey());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("OPENRUN_DATA_KEY must be 32 bytes in base64, not " + bytes.length);
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    @Override
    public byte @Nullable [] convertToDatabaseColumn(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt personal data", e);
        }
    }

    @Override
    public @Nullable String convertToEntityAttribute(byte @Nullable [] stored) {
        if (stored == null) {
            return null;
        }
        var buffer = ByteBuffer.wrap(stored);
        if (buffer.get() != VERSION) {
            throw new IllegalStateException("personal data of an unknown version");
        }
        var nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, nonce);
            return new String(cipher.doFinal(stored, buffer.position(), buffer.remaining()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("personal data that this OPENRUN_DATA_KEY does not open", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, Objects.requireNonNull(key, "the build converts nothing"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
