package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.ShopBooks.oneOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.RedisEngine;
import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.redisson.Redisson;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Two instances that sell by redis-lua, with a Redis of their own whose gate tests look at, change and take away. */
final class GatedShops implements AutoCloseable {

    static final int CROWD = 400;

    /** Instances remember nothing themselves, so what does not reach the database was refused by the gate. */
    static final LedgerSettings FORGETFUL =
            new SettingsBuilder().memory(Duration.ofMillis(1)).build();

    private final Path home;
    private final RedissonClient client;
    private final Shops shops;

    private RedisEngine redis;

    private GatedShops(Path home) {
        this.home = home;
        redis = RedisEngine.start(home, 0);
        client = connect(redis.url());
        shops = Shops.open(2, FORGETFUL, SharedEngines.newDatabase(), redis.url());
    }

    static GatedShops open(Path home) {
        return new GatedShops(home);
    }

    private static RedissonClient connect(String url) {
        Config config = new Config();
        config.useSingleServer().setAddress(url).setConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    StockId stock(StockPlan plan) {
        return shops.stock(plan);
    }

    StockLedger ledger(int instance) {
        return shops.ledger(instance, "redis-lua");
    }

    HoldResult hold(int instance, StockId stock) throws Exception {
        return answer(ledger(instance).hold(oneOf(stock)));
    }

    /** A crowd buys at both instances. */
    List<HoldResult> sale(StockId stock) throws Exception {
        return sale(stock, CROWD, () -> {});
    }

    /** A crowd buys at both instances; each time so many have been answered, something happens. */
    List<HoldResult> sale(StockId stock, int every, Runnable inTheMiddle) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        return allAtOnce(CROWD, i -> ledger(i).hold(oneOf(stock)).whenComplete((answer, bug) -> {
            if (answered.incrementAndGet() % every == 0) {
                inTheMiddle.run();
            }
        }));
    }

    StockAudit cleanAudit(StockId stock) {
        return shops.cleanAudit(stock);
    }

    void assertClean(StockId stock) {
        shops.assertClean(stock);
    }

    double askedOfTheDatabase() {
        return shops.counted(0, "openrun.stock.decisions", "strategy", "group-commit")
                + shops.counted(1, "openrun.stock.decisions", "strategy", "group-commit");
    }

    double refusedByTheGate() {
        return shops.counted(0, "openrun.stock.decisions", "strategy", "redis-lua", "outcome", "sold_out")
                + shops.counted(1, "openrun.stock.decisions", "strategy", "redis-lua", "outcome", "sold_out");
    }

    boolean isMarkedSoldOut(StockId stock) {
        return client.getBucket(key(stock, "sold-out")).isExists();
    }

    void awaitMark(StockId stock) {
        await().until(() -> isMarkedSoldOut(stock));
    }

    /** Asks until the gate repeats what the database says; a wake-up on its way may close it once more. */
    void awaitSoldOut(StockId stock) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> {
            assertThat(hold(0, stock)).isEqualTo(new HoldResult.SoldOut());
            return isMarkedSoldOut(stock);
        });
    }

    String unitsAtTheGate(StockId stock) {
        return gate(stock).get("units");
    }

    void setUnitsAtTheGate(StockId stock, String units) {
        gate(stock).put("units", units);
    }

    private RMap<String, String> gate(StockId stock) {
        return client.getMap(key(stock, "gate"), StringCodec.INSTANCE);
    }

    private static String key(StockId stock, String what) {
        return "openrun:drops:stock:{" + stock + "}:" + what;
    }

    void emptyRedis() {
        client.getKeys().flushall();
    }

    /** Redis remembers what it has now; a later start brings it back. */
    void saveRedis() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write("SAVE\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        }
    }

    void killRedis() {
        redis.kill();
    }

    void startRedisAgain() {
        redis = RedisEngine.start(home, redis.port());
    }

    @Override
    public void close() {
        shops.close();
        client.shutdown();
        redis.close();
    }
}
