package io.openrun.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the texts that lie beside these classes. */
final class Resources {

    private Resources() {}

    /** The file of that name, empty if there is none. */
    static Optional<String> find(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of that name, which must be there. */
    static String get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("the report lacks its file " + name));
    }
}
