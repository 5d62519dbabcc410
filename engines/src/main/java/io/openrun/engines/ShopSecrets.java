package io.openrun.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * The development keys of one shop, made on first use and kept in {@code <folder>}, readable by the owner only.
 *
 * @param signingKeyFile an EC P-256 private key, PKCS#8 PEM, that signs access tokens
 * @param serviceKeyFile holds the shared secret of calls between services
 * @param dataKeyFile holds the base64 AES-256 key of personal data
 */
public record ShopSecrets(Path signingKeyFile, Path serviceKeyFile, Path dataKeyFile) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    /** The keys in {@code folder}, made now where they do not exist yet. */
    public static ShopSecrets in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new ShopSecrets(
                    keep(folder.resolve("signing-key.pem"), ShopSecrets::newSigningKey),
                    keep(folder.resolve("service-key"), () -> randomBase64(KEY_BYTES)),
                    keep(folder.resolve("data-key"), () -> randomBase64(KEY_BYTES)));
        } catch (IOException e) {
            throw new EngineException("Cannot make keys in " + folder + ": " + e.getMessage(), e);
        }
    }

    public String serviceKey() {
        return read(serviceKeyFile);
    }

    public String dataKey() {
        return read(dataKeyFile);
    }

    /** The environment that hands these keys to a shop. */
    public Map<String, String> environment() {
        return Map.of(
                "OPENRUN_SIGNING_KEY_FILE", signingKeyFile.toAbsolutePath().toString(),
                "OPENRUN_SERVICE_KEY", serviceKey(),
                "OPENRUN_DATA_KEY", dataKey());
    }

    /** A random text that is easy to copy from a terminal. */
    public static String randomPassword() {
        var bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Writes {@code text} to a new file that only its owner can read; keeps an existing one. */
    public static Path keep(Path file, java.util.function.Supplier<String> text) throws IOException {
        if (Files.exists(file)) {
            return file;
        }
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var part = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part", ownerOnly);
        Files.writeString(part, text.get(), StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return Files.move(part, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(part);
            return file;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new EngineException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String newSigningKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            var pair = generator.generateKeyPair();
            return pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem("PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has EC P-256", e);
        }
    }

    private static String pem(String label, byte[] encoded) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static String randomBase64(int bytes) {
        var key = new byte[bytes];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
