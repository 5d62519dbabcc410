package io.openrun.user.account;

import io.openrun.platform.admission.WaitingLine;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords with Argon2id, a bounded number at a time: each takes {@value #MEMORY_KIB} KiB of memory
 * and tens of milliseconds of a core, and a crowd that logs in must not take the machine from the crowd that buys.
 */
@Component
public class PasswordHashing {

    /** The shortest password that is taken. */
    public static final int MIN_CHARS = 8;

    /** The longest. */
    public static final int MAX_CHARS = 128;

    /** When to try again after there was no room. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    /** So many wait for their turn; one more is turned away at once. */
    private static final int MAX_WAITING = 200;

    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final WaitingLine line =
            new WaitingLine(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MAX_WAITING, MAX_WAIT);

    /** A hash of nobody's password: no password matches it, and to find that out takes as long as for any other. */
    private static final String NOBODYS = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(MEMORY_KIB, PASSES, LANES, zeros(SALT_BYTES), zeros(HASH_BYTES));

    /** A hashing turn, in the hands of the work that has it. */
    public final class Turn {

        private Turn() {}

        /** The hash to keep. */
        public String hash(String password) {
            return encode(password);
        }

        /** Whether the password is the one that was hashed; as slow for nobody's as for somebody's. */
        public boolean matches(String password, Optional<String> hash) {
            boolean same = argon2.matches(password, hash.orElse(NOBODYS));
            return same && hash.isPresent();
        }
    }

    /** Work that hashes, once it has a turn. */
    @FunctionalInterface
    public interface Hashing<T> {
        T with(Turn turn);
    }

    /** Does the work when its turn comes; says {@code busy} where too many wait or the wait is too long. */
    public <T> T inTurn(Hashing<T> work, Supplier<T> busy) {
        if (!line.enter()) {
            return busy.get();
        }
        try {
            return work.with(new Turn());
        } finally {
            line.leave();
        }
    }

    private String encode(String password) {
        return Objects.requireNonNull(argon2.encode(password));
    }

    private static String zeros(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }
}
