package io.openrun.drop.lane;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.openrun.drop.DropShop;
import io.openrun.drop.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The answers of one batch, on connections that only remember what is written to them. */
class LoopOutboxTest {

    private static final int BUYERS = 100;
    private static final int GIVEN_BEFORE_THE_NEXT = 32;

    private final DropShop shop = DropShop.shared();
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    /** For each answer, in the order in which they were written: how many had reached their clients before. */
    private final List<Long> givenBefore = new ArrayList<>();

    @Test
    void givesTheFirstOfALargeBatchTheirAnswersBeforeItWritesTheLast() throws Exception {
        UUID drop = shop.openDrop(BUYERS + 1, 1);
        var loop = new DefaultEventLoop();
        var busy = new CountDownLatch(1);
        try {
            loop.execute(() -> await(busy));
            var lane = new LaneLoop(loop, shop.bean(LaneRoutes.class), new AtomicInteger(), BUYERS);
            for (int i = 0; i < BUYERS; i++) {
                channels.add(connection(lane));
            }
            var tokens = Stream.generate(this::known).limit(BUYERS).toList();
            whileNothingIsSold(drop, () -> {
                for (int i = 0; i < BUYERS; i++) {
                    channels.get(i).pipeline().fireChannelRead(purchase(drop, tokens.get(i)));
                }
            });
            // Somebody who came later has been served, so they have been, too.
            assertThat(shop.buy(drop, Tokens.shopper(), 1).statusCode()).isEqualTo(201);
            assertThat(channels).allMatch(channel -> channel.outboundMessages().isEmpty());

            busy.countDown();
            loop.submit(() -> {}).get(10, TimeUnit.SECONDS);

            assertThat(channels).allMatch(channel -> answer(channel).startsWith("HTTP/1.1 201 "));
            assertThat(givenBefore).hasSize(BUYERS);
            for (int i = 0; i < BUYERS; i++) {
                assertThat(givenBefore.get(i)).isGreaterThan(i - GIVEN_BEFORE_THE_NEXT);
            }
        } finally {
            busy.countDown();
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        }
    }

    /** Holds the stock's row, so that nobody is answered before the last has asked. */
    private void whileNothingIsSold(UUID drop, Runnable asking) {
        new TransactionTemplate(shop.bean(PlatformTransactionManager.class)).executeWithoutResult(holding -> {
            shop.database()
                    .sql("SELECT remaining FROM drops.stock WHERE id = ? FOR UPDATE")
                    .param(drop)
                    .query(Long.class)
                    .single();
            asking.run();
        });
    }

    private EmbeddedChannel connection(LaneLoop lane) {
        var counting = new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
                givenBefore.add(channels.stream()
                        .filter(channel -> !channel.outboundMessages().isEmpty())
                        .count());
                super.write(context, message, promise);
            }
        };
        return new EmbeddedChannel(
                counting, new LaneConnection(lane, shop.bean(LaneSettings.class), shop.bean(LaneRoutes.class)));
    }

    /** The token of somebody whom the lane has met. */
    private String known() {
        var token = Tokens.shopper();
        var drop = shop.lane("/api/v1/drops/" + UUID.randomUUID() + "/purchases");
        assertThat(shop.post(drop, token, "{\"quantity\":1}").statusCode()).isEqualTo(404);
        return token;
    }

    private static DefaultFullHttpRequest purchase(UUID drop, String token) {
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/api/v1/drops/" + drop + "/purchases",
                Unpooled.copiedBuffer("{\"quantity\":1}", US_ASCII));
        request.headers()
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        return request;
    }

    private static String answer(EmbeddedChannel channel) {
        ByteBuf answer = channel.readOutbound();
        try {
            return answer.toString(US_ASCII);
        } finally {
            answer.release();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
