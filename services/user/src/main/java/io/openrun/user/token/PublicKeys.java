package io.openrun.user.token;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys with which anybody can check our tokens (RFC 7517). */
@RestController
class PublicKeys {

    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final Map<String, Object> keySet;

    PublicKeys(SigningKey key) {
        this.keySet = new JWKSet(key.publicKey()).toJSONObject(true);
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(MAX_AGE)).body(keySet);
    }
}
