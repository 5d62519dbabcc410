package io.openrun.drop.lane;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The few addresses the lane answers at. */
final class LanePath {

    private static final String DROPS = "/api/v1/drops/";
    private static final String PURCHASES = "/purchases";
    private static final String MINE = "/purchases/mine";
    private static final int UUID_LENGTH = 36;

    private LanePath() {}

    /** What an address is for. */
    enum Place {
        /** {@code POST /api/v1/drops/{id}/purchases}. */
        PURCHASES("POST"),
        /** {@code GET /api/v1/drops/{id}/purchases/mine}. */
        MINE("GET"),
        /** {@code GET /api/v1/drops/{id}}. */
        DROP("GET"),
        /** {@code GET /health}. */
        HEALTH("GET"),
        /** Nothing is here. */
        NOWHERE("GET");

        private final String method;

        Place(String method) {
            this.method = method;
        }

        String method() {
            return method;
        }
    }

    /** The path of a request's target: without its query, and without the host that may stand before it (RFC 9112, 3.2.2). */
    static String in(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        int host = target.startsWith("/") ? -1 : target.indexOf("://");
        if (host < 0 || host >= end) {
            return target.substring(0, end);
        }
        int begin = target.indexOf('/', host + "://".length());
        return begin < 0 || begin >= end ? "/" : target.substring(begin, end);
    }

    static Place of(String path) {
        if (path.startsWith(DROPS)) {
            int end = path.indexOf('/', DROPS.length());
            if (end < 0) {
                return path.length() > DROPS.length() ? Place.DROP : Place.NOWHERE;
            }
            int rest = path.length() - end;
            if (rest == PURCHASES.length() && path.endsWith(PURCHASES)) {
                return Place.PURCHASES;
            }
            return rest == MINE.length() && path.endsWith(MINE) ? Place.MINE : Place.NOWHERE;
        }
        return path.equals("/health") ? Place.HEALTH : Place.NOWHERE;
    }

    /** The drop in the address, or null for what is no drop's id. */
    static @Nullable UUID drop(String path) {
        int end = path.indexOf('/', DROPS.length());
        int length = (end < 0 ? path.length() : end) - DROPS.length();
        if (length != UUID_LENGTH) {
            return null;
        }
        try {
            return UUID.fromString(path.substring(DROPS.length(), DROPS.length() + UUID_LENGTH));
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }
}
