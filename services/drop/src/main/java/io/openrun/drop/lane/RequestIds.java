package io.openrun.drop.lane;

import io.netty.handler.codec.http.HttpRequest;
import io.openrun.platform.web.RequestIdFilter;
import java.util.concurrent.ThreadLocalRandom;

/** A connection's request ids: the caller's, if it is a sane one, or the connection's own random one and a number. */
final class RequestIds {

    private static final int MAX_LENGTH = 64;

    private final String connection =
            Long.toHexString(ThreadLocalRandom.current().nextLong());
    private int requests;

    String of(HttpRequest request) {
        var given = request.headers().get(RequestIdFilter.HEADER);
        requests++;
        return given != null && isSane(given) ? given : connection + '-' + Integer.toHexString(requests);
    }

    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            boolean sane = letter || digit || c == '.' || c == '_' || c == '-';
            if (!sane) {
                return false;
            }
        }
        return true;
    }
}
