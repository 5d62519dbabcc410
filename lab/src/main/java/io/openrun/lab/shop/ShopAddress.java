package io.openrun.lab.shop;

import java.net.URI;

/**
 * Where a running shop listens, and the key that services show one another.
 *
 * @param base the API, for example {@code http://127.0.0.1:8080}
 * @param lane the fast lane
 * @param serviceKey never printed
 */
public record ShopAddress(URI base, URI lane, String serviceKey) {

    @Override
    public String toString() {
        return base.toString();
    }
}
