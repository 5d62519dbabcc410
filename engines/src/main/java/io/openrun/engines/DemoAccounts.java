package io.openrun.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The two accounts of a demonstration shop, kept as {@code email=password} lines in {@code credentials},
 * readable by the owner only.
 */
public record DemoAccounts(String adminPassword, String demoPassword) {

    public static final String ADMIN = "admin@openrun.local";
    public static final String DEMO = "demo@openrun.local";

    /** The accounts of the shop in {@code home}, with new passwords where there are none yet. */
    public static DemoAccounts in(Path home) {
        try {
            Files.createDirectories(home);
            var file = ShopSecrets.keep(
                    home.resolve("credentials"),
                    () -> ADMIN + "=" + ShopSecrets.randomPassword() + "\n" + DEMO + "=" + ShopSecrets.randomPassword()
                            + "\n");
            var lines = Files.readAllLines(file);
            return new DemoAccounts(password(lines, ADMIN, file), password(lines, DEMO, file));
        } catch (IOException e) {
            throw new EngineException("Cannot keep the accounts in " + home + ": " + e.getMessage(), e);
        }
    }

    /** The environment that hands these passwords to a shop. */
    public Map<String, String> environment() {
        return Map.of("OPENRUN_ADMIN_PASSWORD", adminPassword, "OPENRUN_DEMO_PASSWORD", demoPassword);
    }

    @Override
    public String toString() {
        return "DemoAccounts[" + ADMIN + ", " + DEMO + "]";
    }

    private static String password(List<String> lines, String email, Path file) {
        return lines.stream()
                .filter(line -> line.startsWith(email + "="))
                .map(line -> line.substring(email.length() + 1))
                .findFirst()
                .orElseThrow(() -> new EngineException("There is no password of " + email + " in " + file));
    }
}
