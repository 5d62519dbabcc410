package io.openrun.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that may have signed a token, as the user service publishes them.
 *
 * <p>A key nobody knows makes them be read again, but never more often than the refresh interval allows: everybody who
 * asks meanwhile waits for the one reading under way, or is told at once that there is no such key.
 */
final class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final KeySource source;
    private final long refreshIntervalNanos;
    private final long maxAgeNanos;
    private final long patienceMillis;

    private volatile Map<String, Es256Key> keys = Map.of();
    private volatile long readAtNanos = System.nanoTime();
    private @Nullable CountDownLatch reading;
    private long nextReadingNanos = System.nanoTime();

    SigningKeys(KeySource source, Duration refreshInterval, Duration maxAge, Duration patience) {
        this.source = source;
        this.refreshIntervalNanos = refreshInterval.toNanos();
        this.maxAgeNanos = maxAge.toNanos();
        this.patienceMillis = patience.toMillis();
    }

    /** Where the key set comes from: JSON as of RFC 7517. */
    @FunctionalInterface
    interface KeySource {
        String read() throws Exception;
    }

    /** Whether any key is known. */
    boolean known() {
        return !keys.isEmpty();
    }

    /** The key of that id, reading the set again where that may help; blocks for one reading at most. */
    @Nullable
    Es256Key find(String kid) {
        var key = keys.get(kid);
        if (key == null) {
            awaitReading();
            return keys.get(kid);
        }
        if (System.nanoTime() - readAtNanos > maxAgeNanos) {
            var unawaited = startReading();
            log.debug("the signing keys are old; reading them again: {}", unawaited != null);
        }
        return key;
    }

    private void awaitReading() {
        var awaited = startReading();
        if (awaited == null) {
            return;
        }
        try {
            if (!awaited.await(patienceMillis, TimeUnit.MILLISECONDS)) {
                log.debug("the signing keys have not been read in {} ms", patienceMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of the reading under way, or of a new one; null when it is too early for another. */
    private synchronized @Nullable CountDownLatch startReading() {
        var current = reading;
        if (current != null && current.getCount() > 0) {
            return current;
        }
        long now = System.nanoTime();
        if (now - nextReadingNanos < 0) {
            return null;
        }
        nextReadingNanos = now + refreshIntervalNanos;
        var next = new CountDownLatch(1);
        reading = next;
        Thread.ofVirtual().name("signing-keys").start(() -> read(next));
        return next;
    }

    private void read(CountDownLatch done) {
        try {
            var read = parse(source.read());
            if (!read.isEmpty()) {
                keys = read;
                readAtNanos = System.nanoTime();
            }
        } catch (Exception e) {
            log.warn("cannot read the signing keys: {}", e.toString());
        } finally {
            done.countDown();
        }
    }

    private static Map<String, Es256Key> parse(String json) throws ParseException, JOSEException {
        var parsed = new HashMap<String, Es256Key>();
        for (var key : JWKSet.parse(json).getKeys()) {
            if (key instanceof ECKey ec
                    && Curve.P_256.equals(ec.getCurve())
                    && ec.getKeyID() != null
                    && !KeyUse.ENCRYPTION.equals(ec.getKeyUse())) {
                parsed.put(ec.getKeyID(), Es256Key.of(ec.toECPublicKey()));
            }
        }
        return Map.copyOf(parsed);
    }
}
