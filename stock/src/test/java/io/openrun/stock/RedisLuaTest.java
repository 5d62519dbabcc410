package io.openrun.stock;

import static io.openrun.stock.Crowd.allAtOnce;
import static io.openrun.stock.Crowd.answer;
import static io.openrun.stock.Crowd.count;
import static io.openrun.stock.Crowd.held;
import static io.openrun.stock.Shops.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.RedisEngine;
import io.openrun.engines.SharedEngines;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The gate in Redis may forget, lie, die and come back from the past: it saves questions and never decides. */
class RedisLuaTest {

    private static final int CROWD = 400;

    /** Instances remember nothing themselves, so what does not reach the database was refused by the gate. */
    private static final LedgerSettings FORGETFUL =
            new SettingsBuilder().memory(Duration.ofMillis(1)).build();

    @TempDir
    private Path home;

    private RedisEngine redis;
    private RedissonClient client;
    private Shops shops;

    @BeforeEach
    void openShops() {
        redis = RedisEngine.start(home, 0);
        client = connect();
        shops = Shops.open(2, FORGETFUL, SharedEngines.newDatabase(), redis.url());
    }

    @AfterEach
    void closeShops() {
        shops.close();
        client.shutdown();
        redis.close();
    }

    private RedissonClient connect() {
        Config config = new Config();
        config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    private static StockPlan limited(long quantity) {
        return new StockPlan(quantity, 1, null, null, Duration.ofMinutes(15));
    }

    private HoldResult hold(int instance, StockId stock) throws Exception {
        return answer(shops.ledger(instance, "redis-lua").hold(new HoldRequest(stock, somebody(), 1, null)));
    }

    /** A crowd buys at both instances; each time so many have been answered, something happens. */
    private List<HoldResult> sale(StockId stock, int every, Runnable inTheMiddle) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        return allAtOnce(CROWD, i -> shops.ledger(i, "redis-lua")
                .hold(new HoldRequest(stock, somebody(), 1, null))
                .whenComplete((answer, bug) -> {
                    if (answered.incrementAndGet() % every == 0) {
                        inTheMiddle.run();
                    }
                }));
    }

    private StockAudit audit(StockId stock) {
        StockAudit audit = shops.stocks().audit(stock).orElseThrow();
        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        return audit;
    }

    private void assertSoldOut(StockId stock, List<HoldResult> answers, int sold) {
        assertThat(held(answers)).hasSize(sold);
        assertThat(count(answers, HoldResult.SoldOut.class)).isEqualTo(CROWD - sold);
        assertThat(audit(stock).remaining()).isZero();
    }

    private String key(StockId stock, String what) {
        return "openrun:drops:stock:{" + stock + "}:" + what;
    }

    private void awaitMark(StockId stock) {
        await().until(() -> client.getBucket(key(stock, "sold-out")).isExists());
    }

    /** Asks until the gate repeats what the database says; a wake-up on its way may close it once more. */
    private void awaitSoldOut(StockId stock) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> {
            assertThat(hold(0, stock)).isEqualTo(new HoldResult.SoldOut());
            return client.getBucket(key(stock, "sold-out")).isExists();
        });
    }

    private String unitsAtTheGate(StockId stock) {
        return client.<String, String>getMap(key(stock, "gate"), StringCodec.INSTANCE)
                .get("units");
    }

    private void setUnitsAtTheGate(StockId stock, String units) {
        client.<String, String>getMap(key(stock, "gate"), StringCodec.INSTANCE).put("units", units);
    }

    private double askedOfTheDatabase() {
        return shops.counted(0, "openrun.stock.decisions", "strategy", "group-commit")
                + shops.counted(1, "openrun.stock.decisions", "strategy", "group-commit");
    }

    private double refusedByTheGate() {
        return shops.counted(0, "openrun.stock.decisions", "strategy", "redis-lua", "outcome", "sold_out")
                + shops.counted(1, "openrun.stock.decisions", "strategy", "redis-lua", "outcome", "sold_out");
    }

    @Test
    void refusesACrowdWithoutAskingTheDatabase() throws Exception {
        StockId stock = shops.stock(limited(1));
        assertThat(hold(0, stock)).isInstanceOf(HoldResult.Held.class);

        // The database has to be asked again once a second; a crowd that comes in between is the gate's alone.
        await().until(() -> {
            hold(0, stock);
            awaitMark(stock);
            double asked = askedOfTheDatabase();
            double refused = refusedByTheGate();
            List<HoldResult> answers = sale(stock, CROWD, () -> {});
            assertThat(answers).containsOnly(new HoldResult.SoldOut());
            return askedOfTheDatabase() == asked && refusedByTheGate() == refused + CROWD;
        });
        audit(stock);
    }

    @Test
    void opensTheGateWithWhatRemainsAndCountsWhatItGrants() throws Exception {
        StockId stock = shops.stock(limited(50));
        assertThat(hold(0, stock)).isInstanceOf(HoldResult.Held.class);

        assertThat(unitsAtTheGate(stock)).isEqualTo("49");
    }

    @Test
    void asksTheDatabaseAgainWhenItsWordIsASecondOld() throws Exception {
        StockId stock = shops.stock(limited(1));
        hold(0, stock);
        awaitMark(stock);

        await().until(() -> !client.getBucket(key(stock, "sold-out")).isExists());
        double asked = askedOfTheDatabase();

        assertThat(hold(1, stock)).isEqualTo(new HoldResult.SoldOut());
        assertThat(askedOfTheDatabase()).isEqualTo(asked + 1);
    }

    @Test
    void givesBackWhatTheDatabaseRefuses() throws Exception {
        StockId stock = shops.stock(limited(10));
        HolderId greedy = somebody();
        HoldRequest request = new HoldRequest(stock, greedy, 1, null);
        assertThat(answer(shops.ledger(0, "redis-lua").hold(request))).isInstanceOf(HoldResult.Held.class);

        for (int i = 0; i < 20; i++) {
            assertThat(answer(shops.ledger(i, "redis-lua").hold(request))).isEqualTo(new HoldResult.LimitReached(1, 1));
        }

        await().until(() -> unitsAtTheGate(stock).equals("9"));
        audit(stock);
    }

    @Test
    void replaysAUsedKeyThoughTheGateRefuses() throws Exception {
        StockId stock = shops.stock(limited(1));
        HoldRequest request = new HoldRequest(stock, somebody(), 1, "mine");
        Hold first = ((HoldResult.Held) answer(shops.ledger(0, "redis-lua").hold(request))).hold();

        await().until(() -> {
            hold(0, stock);
            awaitMark(stock);
            double asked = askedOfTheDatabase();
            assertThat(answer(shops.ledger(1, "redis-lua").hold(request))).isEqualTo(new HoldResult.Replayed(first));
            return askedOfTheDatabase() == asked;
        });
        HoldRequest unused = new HoldRequest(stock, somebody(), 1, "mine");
        assertThat(answer(shops.ledger(1, "redis-lua").hold(unused))).isEqualTo(new HoldResult.SoldOut());
    }

    @Test
    void sellsExactlyTheStockThoughRedisForgetsEverythingAgainAndAgain() throws Exception {
        StockId stock = shops.stock(limited(250));

        List<HoldResult> answers = sale(stock, 25, () -> client.getKeys().flushall());

        assertSoldOut(stock, answers, 250);
    }

    @Test
    void sellsExactlyTheStockThoughRedisDiesAndComesBack() throws Exception {
        StockId stock = shops.stock(limited(250));
        hold(0, stock);

        AtomicInteger died = new AtomicInteger();
        List<HoldResult> answers = sale(stock, 50, () -> {
            if (died.getAndIncrement() == 0) {
                redis.kill();
            }
        });

        assertSoldOut(stock, answers, 249);
        redis = RedisEngine.start(home, redis.port());
        for (Hold hold : held(answers).subList(0, 100)) {
            answer(shops.ledger(1, "redis-lua").release(stock, hold.id()));
        }
        await().until(() -> {
            hold(0, stock);
            hold(1, stock);
            return unitsAtTheGate(stock) != null;
        });
        sale(stock, CROWD, () -> {});
        assertThat(audit(stock).remaining()).isZero();
    }

    @Test
    void sellsExactlyTheStockWithoutAnyRedis() throws Exception {
        try (Shops alone = Shops.open(2, FORGETFUL, SharedEngines.newDatabase(), "redis://127.0.0.1:1")) {
            StockId stock = alone.stock(limited(250));

            List<HoldResult> answers = allAtOnce(
                    CROWD, i -> alone.ledger(i, "redis-lua").hold(new HoldRequest(stock, somebody(), 1, null)));

            assertThat(held(answers)).hasSize(250);
            assertThat(alone.stocks().audit(stock).orElseThrow().isClean()).isTrue();
        }
    }

    /** Redis writes a snapshot, goes on, is killed, and comes back as it was then. */
    private void restoreAfter(Actions actions) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write("SAVE\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        }
        actions.run();
        redis.kill();
        redis = RedisEngine.start(home, redis.port());
    }

    /** Buys until the instances use the gate again, which comes back with so many units. */
    private int heldUntilTheGateIsNoLonger(StockId stock, String units) {
        assertThat(unitsAtTheGate(stock)).isEqualTo(units);
        AtomicInteger held = new AtomicInteger();
        await().until(() -> {
            held.addAndGet(held(List.of(hold(held.get(), stock))).size());
            return !units.equals(unitsAtTheGate(stock));
        });
        return held.get();
    }

    private interface Actions {
        void run() throws Exception;
    }

    @Test
    void sellsExactlyTheStockWithAGateFromThePastThatHasTooMany() throws Exception {
        StockId stock = shops.stock(limited(250));
        hold(0, stock);

        restoreAfter(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(hold(i, stock)).isInstanceOf(HoldResult.Held.class);
            }
        });
        int before = heldUntilTheGateIsNoLonger(stock, "249");
        List<HoldResult> answers = sale(stock, CROWD, () -> {});

        assertSoldOut(stock, answers, 149 - before);
    }

    @Test
    void sellsExactlyTheStockWithAGateFromThePastThatHasTooFew() throws Exception {
        StockId stock = shops.stock(limited(150));
        List<Hold> holds = held(
                allAtOnce(150, i -> shops.ledger(i, "redis-lua").hold(new HoldRequest(stock, somebody(), 1, null))));
        assertThat(holds).hasSize(150);
        await().until(() -> "0".equals(unitsAtTheGate(stock)));

        restoreAfter(() -> {
            for (Hold hold : holds.subList(0, 100)) {
                answer(shops.ledger(0, "redis-lua").release(stock, hold.id()));
            }
        });
        int before = heldUntilTheGateIsNoLonger(stock, "0");
        List<HoldResult> answers = sale(stock, CROWD, () -> {});

        assertSoldOut(stock, answers, 100 - before);
    }

    @Test
    void sellsExactlyTheStockWhateverTheGateSays() throws Exception {
        StockId stock = shops.stock(limited(250));
        hold(0, stock);

        AtomicInteger change = new AtomicInteger();
        List<String> lies = List.of("0", "1000000", "nonsense", "-5", "3");
        List<HoldResult> answers =
                sale(stock, 30, () -> setUnitsAtTheGate(stock, lies.get(change.getAndIncrement() % lies.size())));

        assertSoldOut(stock, answers, 249);
    }

    @Test
    void letsWhoReturnsAUnitBuyItAtOnce() throws Exception {
        StockId stock = shops.stock(StockPlan.of(1));
        for (int i = 0; i < 50; i++) {
            HoldResult result = hold(0, stock);
            assertThat(result).as("time " + i).isInstanceOf(HoldResult.Held.class);
            awaitSoldOut(stock);

            answer(shops.ledger(0, "redis-lua")
                    .release(stock, ((HoldResult.Held) result).hold().id()));
        }
        assertThat(audit(stock).remaining()).isEqualTo(1);
    }

    @Test
    void sellsOnOneInstanceWhatIsReleasedOnAnotherWhileACrowdIsRefused() throws Exception {
        StockId stock = shops.stock(StockPlan.of(50));
        List<Hold> holds = held(
                allAtOnce(50, i -> shops.ledger(0, "redis-lua").hold(new HoldRequest(stock, somebody(), 1, null))));
        assertThat(hold(1, stock)).isEqualTo(new HoldResult.SoldOut());

        List<Object> answers = allAtOnce(
                CROWD,
                i -> i < 50
                        ? shops.ledger(0, "redis-lua")
                                .release(stock, holds.get(i).id())
                                .thenApply(Object.class::cast)
                        : shops.ledger(1, "redis-lua")
                                .hold(new HoldRequest(stock, somebody(), 1, null))
                                .thenApply(Object.class::cast));
        long again = count(answers, HoldResult.Held.class);
        for (; again < 50; again++) {
            await().pollInterval(Duration.ofMillis(2)).until(() -> hold(1, stock), HoldResult.Held.class::isInstance);
        }

        assertThat(hold(0, stock)).isEqualTo(new HoldResult.SoldOut());
        assertThat(audit(stock).held()).isEqualTo(50);
    }
}
