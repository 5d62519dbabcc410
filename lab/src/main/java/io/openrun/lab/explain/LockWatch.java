package io.openrun.lab.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells from what goes by whether somebody waits for Redisson's lock: they have subscribed to its channel, have asked
 * once more, and were told for how many milliseconds somebody else still has it.
 */
final class LockWatch {

    private static final String CHANNEL = "redisson_lock__channel";
    private static final String LOCK = ":lock";

    private @Nullable String key;
    private boolean subscribed;
    private boolean told;

    synchronized void asked(List<String> words) {
        if (!words.isEmpty() && words.getFirst().equalsIgnoreCase("SUBSCRIBE")) {
            subscribed |= words.stream().anyMatch(word -> word.contains(CHANNEL));
            told = false;
        } else if (isAboutLock(words)) {
            told = false;
        }
    }

    synchronized void answered(List<String> words, @Nullable Object answer) {
        if (isAboutLock(words)) {
            key = words.get(3);
            told = answer instanceof Long;
        }
    }

    private static boolean isAboutLock(List<String> words) {
        return words.size() > 3
                && words.getFirst().toUpperCase(Locale.ROOT).startsWith("EVAL")
                && words.get(3).endsWith(LOCK);
    }

    synchronized boolean somebodyWaits() {
        return subscribed && told;
    }

    /** The lock that was asked for last. */
    synchronized Optional<String> key() {
        return Optional.ofNullable(key);
    }
}
