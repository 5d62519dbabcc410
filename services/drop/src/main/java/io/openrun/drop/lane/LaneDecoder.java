package io.openrun.drop.lane;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's HTTP/1.1 decoder, telling the connection when bytes of an unfinished request are there. */
final class LaneDecoder extends HttpRequestDecoder {

    private final LaneConnection connection;

    LaneDecoder(LaneSettings settings, LaneConnection connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(settings.maxRequestLineBytes())
                .setMaxHeaderSize(settings.maxHeaderBytes())
                .setMaxChunkSize(settings.maxBodyBytes() + 1)
                .setInitialBufferSize(256));
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        connection.bytesArrived();
        super.channelRead(context, message);
        if (actualReadableBytes() > 0) {
            connection.bytesLeft();
        }
    }
}
