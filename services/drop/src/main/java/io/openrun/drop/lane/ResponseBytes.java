package io.openrun.drop.lane;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.openrun.drop.purchase.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Writes whole responses: a prepared head per status, the few headers that differ, the body. */
final class ResponseBytes {

    private static final int MAX_STATUS = 600;
    private static final int USUAL_HEADERS = 256;

    private static final byte[][] HEADS = new byte[MAX_STATUS][];
    private static final byte[][] PROBLEM_HEADS = new byte[MAX_STATUS][];

    private static final byte[] LENGTH = ascii("\r\ncontent-length: ");
    private static final byte[] CLOSE = ascii("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive\r\n");
    private static final byte[] REPLAYED = ascii("idempotency-replayed: true\r\n");
    private static final byte[] CROSS_ORIGIN = ascii(String.join(
            "\r\n",
            "access-control-allow-origin: *",
            "access-control-expose-headers: X-Request-Id, Retry-After, Idempotency-Replayed",
            ""));
    private static final byte[] LINE_END = {'\r', '\n'};

    static {
        for (int status = 200; status < MAX_STATUS; status++) {
            HEADS[status] = head(status, "application/json");
            PROBLEM_HEADS[status] = head(status, "application/problem+json");
        }
    }

    private ResponseBytes() {}

    /** The response to an answered exchange. */
    static ByteBuf of(ByteBufAllocator allocator, Exchange exchange, boolean last) {
        Answer answer = Objects.requireNonNull(exchange.answer);
        var bytes = allocator.ioBuffer(USUAL_HEADERS + answer.body().length);
        bytes.writeBytes((answer.isProblem() ? PROBLEM_HEADS : HEADS)[answer.status()]);
        ByteBufUtil.writeAscii(bytes, exchange.requestId);
        bytes.writeBytes(LENGTH);
        ByteBufUtil.writeAscii(bytes, Integer.toString(answer.body().length));
        bytes.writeBytes(LINE_END);
        if (answer.language() != null) {
            header(bytes, "content-language: ", answer.language().toLanguageTag());
        }
        if (answer.replayed()) {
            bytes.writeBytes(REPLAYED);
        }
        if (answer.retryAfterMillis() > 0) {
            header(bytes, "retry-after: ", Long.toString(answer.retryAfterSeconds()));
        }
        if (exchange.extraHeader != null) {
            ByteBufUtil.writeAscii(bytes, exchange.extraHeader);
        }
        if (exchange.isCrossOrigin()) {
            bytes.writeBytes(CROSS_ORIGIN);
        }
        if (last) {
            bytes.writeBytes(CLOSE);
        } else if (exchange.isHttp10()) {
            bytes.writeBytes(KEEP_ALIVE);
        }
        bytes.writeBytes(LINE_END);
        if (!exchange.isHead()) {
            bytes.writeBytes(answer.body());
        }
        return bytes;
    }

    private static void header(ByteBuf bytes, String name, String value) {
        ByteBufUtil.writeAscii(bytes, name);
        ByteBufUtil.writeAscii(bytes, value);
        bytes.writeBytes(LINE_END);
    }

    private static byte[] head(int status, String contentType) {
        return ascii("HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\ncontent-type: " + contentType
                + "\r\nx-request-id: ");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
