package io.openrun.lab.explain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Lua programs that went by, so that a call by hash can be shown as what it runs. */
final class LuaPrograms {

    private final Map<String, String> bySha = new ConcurrentHashMap<>();

    /** Remembers a program that is sent in full. */
    void learn(List<String> words) {
        if (isCommand(words, "EVAL")) {
            bySha.put(sha(words.get(1)), words.get(1));
        } else if (isCommand(words, "SCRIPT") && words.size() > 2) {
            bySha.put(sha(words.get(2)), words.get(2));
        }
    }

    /** The command with its program, if it has one, under the short name of the listing. */
    String shown(List<String> words, Script script) {
        if (isCommand(words, "EVAL")) {
            return call("EVAL", script.program(words.get(1)), words);
        }
        if (isCommand(words, "EVALSHA")) {
            String known = bySha.get(words.get(1).toLowerCase(Locale.ROOT));
            return call("EVALSHA", known == null ? words.get(1) : script.program(known), words);
        }
        return SqlText.shortened(String.join(" ", words));
    }

    private static String call(String command, String program, List<String> words) {
        return SqlText.shortened(command + " " + program + " " + String.join(" ", words.subList(2, words.size())));
    }

    private static boolean isCommand(List<String> words, String name) {
        return words.size() > 1 && words.getFirst().equalsIgnoreCase(name);
    }

    private static String sha(String program) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha.digest(program.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
