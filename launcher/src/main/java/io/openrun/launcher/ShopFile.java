package io.openrun.launcher;

import io.openrun.engines.EngineException;
import io.openrun.engines.ShopProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code run/shop.json}: where the running shop answers, for the commands in other terminals. Readable by
 * the owner only, because it holds the key of calls between services.
 */
record ShopFile(String base, String lane, String management, String serviceKey, long shopPid, long launcherPid) {

    private static final String NAME = "shop.json";

    static ShopFile of(ShopProcess shop, String serviceKey) {
        return new ShopFile(
                shop.base().toString(),
                shop.lane().toString(),
                shop.management().toString(),
                serviceKey,
                shop.pid(),
                ProcessHandle.current().pid());
    }

    void writeTo(DataFolder data) {
        var json = """
                {
                  "base": "%s",
                  "lane": "%s",
                  "management": "%s",
                  "serviceKey": "%s",
                  "shopPid": %d,
                  "launcherPid": %d
                }
                """.formatted(base, lane, management, serviceKey, shopPid, launcherPid);
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var part = Files.createTempFile(data.path().resolve("run"), NAME, ".part", ownerOnly);
            Files.writeString(part, json);
            Files.move(part, file(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EngineException("Cannot write " + file(data) + ": " + e.getMessage(), e);
        }
    }

    /** The shop that was announced on this folder, if one was and was not withdrawn. */
    static Optional<ShopFile> readFrom(DataFolder data) {
        try {
            var json = Files.readString(file(data));
            return Optional.of(new ShopFile(
                    text(json, "base"),
                    text(json, "lane"),
                    text(json, "management"),
                    text(json, "serviceKey"),
                    Long.parseLong(text(json, "shopPid")),
                    Long.parseLong(text(json, "launcherPid"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static void removeFrom(DataFolder data) {
        try {
            Files.deleteIfExists(file(data));
        } catch (IOException e) {
            throw new EngineException("Cannot remove " + file(data) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "ShopFile[" + base + "]";
    }

    private static Path file(DataFolder data) {
        return data.path().resolve("run").resolve(NAME);
    }

    /** Reads what {@link #writeTo} wrote: one member a line, no escapes. */
    private static String text(String json, String member) {
        var match = Pattern.compile("\"" + member + "\": \"?([^\",\n]*)").matcher(json);
        if (!match.find()) {
            throw new IllegalArgumentException("no " + member);
        }
        return match.group(1);
    }
}
