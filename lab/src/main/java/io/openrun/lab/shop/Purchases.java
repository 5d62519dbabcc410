package io.openrun.lab.shop;

import io.openrun.lab.load.Requests;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests of a crowd to one drop after another: request {@code i} is shopper {@code i % crowd} in drop
 * {@code i / crowd}, so nobody comes to the same drop twice.
 */
public final class Purchases implements Requests {

    private static final String BODY = "{\"quantity\":1}";

    private final Crowd crowd;
    private final int count;
    private final byte[][] starts;
    private final byte[] end;

    private Purchases(Crowd crowd, int count, List<String> starts, String end) {
        this.crowd = crowd;
        this.count = count;
        this.starts =
                starts.stream().map(s -> s.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        this.end = end.getBytes(StandardCharsets.US_ASCII);
    }

    /** Everyone of the crowd buys one unit in every drop. */
    public static Purchases of(Crowd crowd, URI lane, List<String> drops) {
        return new Purchases(
                crowd,
                Math.multiplyExact(crowd.size(), drops.size()),
                drops.stream().map(drop -> start("POST", drop, "", lane)).toList(),
                "\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
    }

    /** Everyone of the crowd looks at their own purchases in a drop: the token is verified, the connection warm. */
    public static Purchases visits(Crowd crowd, URI lane, String drop) {
        return new Purchases(crowd, crowd.size(), List.of(start("GET", drop, "/mine", lane)), "\r\n\r\n");
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void encode(int request, ByteBuffer out) {
        out.put(starts[request / crowd.size()]);
        crowd.write(request % crowd.size(), out);
        out.put(end);
    }

    private static String start(String method, String drop, String more, URI lane) {
        return "%s /api/v1/drops/%s/purchases%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer "
                .formatted(method, drop, more, lane.getAuthority());
    }
}
