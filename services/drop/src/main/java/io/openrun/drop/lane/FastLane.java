package io.openrun.drop.lane;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * The fast lane: a Reactor Netty server on a port of its own that answers purchases straight from its event loops.
 * Stopping it first stops accepting, then answers what is under way, then closes.
 *
 * <p>Why there is no route and no reactive pipeline: {@code docs/adr/0002-the-fast-lane.md}.
 */
@Component
public class FastLane implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FastLane.class);

    private static final Duration BIND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LOOPS_TIMEOUT = Duration.ofSeconds(5);
    private static final long CHECK_MILLIS = 20;

    private final LaneSettings settings;
    private final LaneRoutes routes;
    private final LaneMetrics metrics;
    private final int wantedPort;
    private final Map<EventLoop, LaneLoop> loops = new ConcurrentHashMap<>();
    private @Nullable LoopResources threads;
    private volatile @Nullable DisposableServer server;

    FastLane(
            LaneSettings settings,
            LaneRoutes routes,
            LaneMetrics metrics,
            @Value("${openrun.drop.lane.port:${OPENRUN_FAST_LANE_PORT:8081}}") int wantedPort) {
        this.settings = settings;
        this.routes = routes;
        this.metrics = metrics;
        this.wantedPort = wantedPort;
    }

    /** The port it listens on; the wanted one until it has started. */
    public int port() {
        var started = server;
        return started == null ? wantedPort : ((InetSocketAddress) started.address()).getPort();
    }

    @Override
    public void start() {
        int eventLoops = settings.eventLoops() > 0
                ? settings.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        var resources = LoopResources.create("lane", eventLoops, true);
        threads = resources;
        server = TcpServer.create()
                .bindAddress(() -> new InetSocketAddress(wantedPort))
                .runOn(resources)
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .doOnChannelInit((observer, channel, remote) -> connect(channel))
                .bindNow(BIND_TIMEOUT);
        routes.open();
        log.info("the fast lane answers on port {}", port());
    }

    private void connect(Channel channel) {
        var loop = loops.computeIfAbsent(
                channel.eventLoop(),
                eventLoop -> new LaneLoop(eventLoop, routes, metrics.connections(), settings.maxConnections()));
        var connection = new LaneConnection(loop, settings, routes);
        var pipeline = channel.pipeline();
        if (pipeline.get(NettyPipeline.ReactiveBridge) != null) {
            pipeline.remove(NettyPipeline.ReactiveBridge);
        }
        pipeline.addLast("lane.decoder", new LaneDecoder(settings, connection));
        pipeline.addLast("lane.connection", connection);
    }

    @Override
    public void stop() {
        var stopping = server;
        var resources = threads;
        if (stopping == null || resources == null) {
            return;
        }
        server = null;
        routes.close();
        stopping.disposeNow(LOOPS_TIMEOUT);
        everyConnection(LaneConnection::drain);
        await(settings.drainLinger(), this::isEmpty);
        everyConnection(LaneConnection::closeIfIdle);
        await(settings.drainTimeout(), this::isEmpty);
        everyConnection(LaneConnection::close);
        loops.values().forEach(LaneLoop::stopSweeping);
        loops.clear();
        resources.disposeLater(Duration.ZERO, LOOPS_TIMEOUT).block(LOOPS_TIMEOUT.multipliedBy(2));
    }

    private boolean isEmpty() {
        return metrics.connections().get() == 0;
    }

    private void everyConnection(Consumer<LaneConnection> action) {
        loops.values().forEach(loop -> loop.forEach(action));
    }

    private static void await(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(CHECK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** Like the web server: begins before and ends after everything that works in the background. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1024;
    }
}
