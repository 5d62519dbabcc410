package io.openrun.drop.lane;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.openrun.drop.purchase.Answer;
import io.openrun.drop.purchase.PurchaseOutcome;
import io.openrun.platform.security.TokenVerdict;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. It belongs to its connection's event loop; what another thread finds out is written
 * here first and handed over through {@link LoopOutbox}.
 */
final class Exchange {

    private static final byte[] EMPTY = {};

    final LaneConnection connection;
    final HttpRequest request;
    final String path;
    final String requestId;
    final Locale language;
    final boolean keepAlive;
    final long startedAt = System.nanoTime();
    byte[] body = EMPTY;

    /** The drop in the path, once it is known to be one. */
    @Nullable
    UUID drop;

    /** Found out elsewhere: whose token it is. */
    @Nullable
    TokenVerdict verdict;

    /** Found out elsewhere: what became of the purchase. */
    @Nullable
    PurchaseOutcome outcome;

    /** Where it ends; from then on it only waits for its turn. */
    @Nullable
    Answer answer;

    /** A header that only this answer has, with its line end. */
    @Nullable
    String extraHeader;

    /** The request must be read no further. */
    boolean last;

    /** The one handed over before this. */
    @Nullable
    Exchange next;

    Exchange(LaneConnection connection, HttpRequest request, String requestId, Locale language) {
        this.connection = connection;
        this.request = request;
        this.requestId = requestId;
        this.language = language;
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.last = !keepAlive;
        this.path = LanePath.in(request.uri());
    }

    boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    boolean isHttp10() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    /** Whether a page of another origin asked. */
    boolean isCrossOrigin() {
        return request.headers().contains(HttpHeaderNames.ORIGIN);
    }

    void answer(Answer given) {
        this.answer = given;
    }
}
