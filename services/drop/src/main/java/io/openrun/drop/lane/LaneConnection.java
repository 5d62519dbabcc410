package io.openrun.drop.lane;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: its requests are begun as they arrive, also several at once, and answered in that order.
 * Everything here runs on the connection's event loop.
 */
// A write or close that fails closes the channel, which is all there is to do.
@SuppressWarnings("FutureReturnValueIgnored")
final class LaneConnection extends ChannelInboundHandlerAdapter {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final LaneLoop loop;
    private final LaneSettings settings;
    private final LaneRoutes routes;
    private final RequestIds requestIds = new RequestIds();
    private final Queue<Exchange> pending = new ArrayDeque<>();
    private final SlowClient slow = new SlowClient();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange receiving;
    private boolean unflushed;

    /** No further request is begun; what still arrives is thrown away. */
    private boolean readsNoMore;

    private boolean draining;

    LaneConnection(LaneLoop loop, LaneSettings settings, LaneRoutes routes) {
        this.loop = loop;
        this.settings = settings;
        this.routes = routes;
    }

    LoopOutbox outbox() {
        return loop.outbox();
    }

    @Override
    public void channelActive(ChannelHandlerContext activated) {
        context = activated;
        if (loop.opened(this)) {
            activated.channel().config().setAutoRead(true);
        } else {
            activated.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        context = null;
        pending.clear();
        receiving = null;
        loop.closed(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        try {
            if (message instanceof HttpRequest request && !readsNoMore) {
                begin(reading, request);
            }
            if (message instanceof HttpContent content && receiving != null) {
                receive(content, receiving);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext reading, HttpRequest request) {
        var exchange = new Exchange(this, request, requestIds.of(request), routes.language(request));
        pending.add(exchange);
        receiving = exchange;
        readsNoMore = exchange.last;
        if (request.decoderResult().isFailure()) {
            refuse(exchange, LaneProblems.undecodable(request.decoderResult().cause()));
        } else if (HttpUtil.getContentLength(request, -1L) > settings.maxBodyBytes()) {
            refuse(exchange, LaneProblems.tooLarge(settings.maxBodyBytes()));
        } else if (pending.size() == 1 && HttpUtil.is100ContinueExpected(request)) {
            reading.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
        if (pending.size() >= settings.maxInFlight()) {
            reading.channel().config().setAutoRead(false);
        }
    }

    private void receive(HttpContent content, Exchange exchange) {
        int arrived = content.content().readableBytes();
        int before = exchange.body.length;
        if (content.decoderResult().isFailure()) {
            refuse(exchange, LaneProblems.undecodable(content.decoderResult().cause()));
            return;
        }
        if (before + arrived > settings.maxBodyBytes()) {
            refuse(exchange, LaneProblems.tooLarge(settings.maxBodyBytes()));
            return;
        }
        if (arrived > 0) {
            exchange.body = Arrays.copyOf(exchange.body, before + arrived);
            content.content().readBytes(exchange.body, before, arrived);
        }
        if (content instanceof LastHttpContent) {
            receiving = null;
            slow.requestArrived();
            routes.begin(exchange);
            if (exchange.answer != null) {
                answered(exchange);
            }
        }
    }

    /** Answers before the request is there; the rest of it is read for a moment and thrown away. */
    private void refuse(Exchange exchange, io.openrun.platform.problem.Problem problem) {
        receiving = null;
        readsNoMore = true;
        exchange.last = true;
        exchange.answer(routes.problem(exchange, problem));
        answered(exchange);
    }

    /** Writes what is answered and has its turn; true when the connection needs a flush that nobody has planned. */
    boolean answered(Exchange exchange) {
        boolean planned = unflushed;
        var writing = context;
        if (writing == null) {
            return false;
        }
        for (var first = pending.peek(); first != null && first.answer != null; first = pending.peek()) {
            pending.remove();
            write(writing, first);
        }
        if (!readsNoMore && !writing.channel().config().isAutoRead() && pending.size() <= settings.maxInFlight() / 2) {
            writing.channel().config().setAutoRead(writing.channel().isWritable());
        }
        return unflushed && !planned;
    }

    private void write(ChannelHandlerContext writing, Exchange exchange) {
        boolean last = exchange.last || (draining && pending.isEmpty() && receiving == null);
        unflushed = true;
        routes.metrics().answered(exchange);
        var bytes = ResponseBytes.of(writing.alloc(), exchange, last);
        if (last) {
            readsNoMore = true;
            pending.clear();
            writing.write(bytes).addListener((ChannelFutureListener) written -> closeGently());
        } else {
            writing.write(bytes, writing.voidPromise());
        }
    }

    /** Says that nothing more comes, and lets the client finish what it is sending, so that it can read our answer. */
    private void closeGently() {
        var closing = context;
        if (closing == null) {
            return;
        }
        slow.lingerUntil(System.nanoTime() + settings.lingerTimeout().toNanos());
        closing.channel().config().setAutoRead(true);
        if (closing.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            closing.close();
        }
    }

    void flush() {
        var flushing = context;
        if (flushing != null && unflushed) {
            unflushed = false;
            flushing.flush();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
        flush();
        loop.outbox().connectionRead();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        boolean writable = changed.channel().isWritable();
        slow.writable(writable);
        if (!readsNoMore) {
            changed.channel().config().setAutoRead(writable && pending.size() < settings.maxInFlight());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        failed.close();
    }

    void bytesArrived() {
        slow.bytesArrived();
    }

    void bytesLeft() {
        slow.bytesArrived();
    }

    /** Closes the connection of a client that takes too long over whatever it is doing. */
    void cutIfSlow(long now) {
        var open = context;
        if (open == null) {
            return;
        }
        if (!open.channel().config().isAutoRead()) {
            slow.notReadUntil(now);
        }
        if (slow.isTooSlow(now, settings, pending.isEmpty())) {
            open.close();
        }
    }

    /** Answers what is under way and then closes. */
    void drain() {
        draining = true;
    }

    void closeIfIdle() {
        var open = context;
        if (open != null && pending.isEmpty() && receiving == null) {
            open.close();
        }
    }

    void close() {
        var open = context;
        if (open != null) {
            open.close();
        }
    }
}
