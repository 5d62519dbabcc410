package io.openrun.lab.contention;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Checks addresses of engines before anything is started; what it throws is a sentence without passwords. */
final class EngineAddress {

    private static final int PORT_MAX = 65_535;

    /** Would say the same beside our sentence. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private EngineAddress() {}

    static void checkDatabase(@Nullable String url) {
        if (url == null) {
            return;
        }
        DRIVER.setLevel(Level.OFF);
        @Nullable Properties read = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
        if (read == null) {
            throw new IllegalArgumentException("--database-url looks like"
                    + " jdbc:postgresql://host:5432/name?user=...&password=..., and yours does not.");
        }
    }

    static void checkRedis(@Nullable String url) {
        if (url == null) {
            return;
        }
        try {
            URI address = new URI(url);
            boolean redis = "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
            if (redis && address.getHost() != null && address.getPort() != 0 && address.getPort() <= PORT_MAX) {
                return;
            }
        } catch (URISyntaxException e) {
            // Its message would repeat the address, with the password.
            throw badRedis();
        }
        throw badRedis();
    }

    /** The address without a user, a password or parameters. */
    static String withoutSecrets(String url) {
        return url.replaceFirst("//[^/?]*@", "//…@").replaceFirst("\\?.*", "?…");
    }

    private static IllegalArgumentException badRedis() {
        return new IllegalArgumentException(
                "--redis-url looks like redis://host:6379, with a port up to 65535, and yours does not.");
    }
}
