package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.openrun.engines.Engines;
import io.openrun.engines.KafkaEngine;
import io.openrun.engines.PostgresEngine;
import io.openrun.engines.ProcessRecord;
import io.openrun.engines.RedisEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Things break in the middle of a sale. Every request is recorded with its answer; afterwards the database is audited
 * by SQL: nothing oversold, nothing that was answered 201 lost, nobody over the limit, no gap in the line.
 *
 * <p>It breaks a shop of its own, one fault after the other, beside the tests of the shop that is not broken.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

    private static final List<String> PROCESSES = List.of("shop", "kafka", "redis", "postgres");

    private static TheShop shop;

    @BeforeAll
    static void aShopToBreak() {
        shop = TheShop.start();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenTheShopIsKilledMidSale() throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(FaultsTest::killTheShop);
        sale.isKept();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenTheDatabaseIsKilledMidSale() throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(FaultsTest::killTheDatabase);
        sale.isKept();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenTheBrokerIsKilledMidSale() throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(FaultsTest::killTheBroker);
        sale.isKept();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void doesNotNoticeThatRedisLostEverythingMidSale() throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(() -> {
            try (var client = RedisClient.create(engines().redis().url());
                    var connection = client.connect()) {
                connection.sync().flushall();
            }
            killRedis();
        });
        assertThat(sale.told()).allMatch(Sale.Told::isFinal);
        sale.isKept();
    }

    /** As when the machine loses its power: nobody has a moment to write anything down. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenEverythingIsKilledMidSale() throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(() -> {
            PROCESSES.forEach(FaultsTest::killNow);
            startDatabase();
            startRedis();
            startBroker();
            shop.running.restartShop();
        });
        sale.isKept();
    }

    /** Everybody asks until they have an answer: exactly a hundred are told that they have it. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void sellsExactlyAHundredUnitsToTenThousandBuyersWhileOneProcessAfterTheOtherIsKilled() throws Exception {
        var sale = new Sale(shop, 10_000, 100);
        sale.runToTheEndAnd(Map.of(
                10, FaultsTest::killTheShop,
                30, FaultsTest::killTheDatabase,
                50, FaultsTest::killTheBroker,
                70, FaultsTest::killRedis));
        sale.isKept();
    }

    private static Sale saleOfAThousand() {
        return new Sale(shop, 1_500, 1_000);
    }

    private static void killTheShop() {
        killNow("shop");
        shop.running.restartShop();
    }

    private static void killTheDatabase() {
        killNow("postgres");
        startDatabase();
    }

    private static void killTheBroker() {
        killNow("kafka");
        startBroker();
    }

    private static void killRedis() {
        killNow("redis");
        startRedis();
    }

    /** The one that runs now: found by what it left in its folder, since an earlier test may have started it. */
    private static void killNow(String process) {
        ProcessRecord.readFrom(shop.running.home().resolve("run").resolve(process + ".pid"))
                .flatMap(ProcessRecord::find)
                .orElseThrow()
                .destroyForcibly();
    }

    private static Engines engines() {
        return shop.running.engines();
    }

    private static void startDatabase() {
        PostgresEngine.start(shop.running.home(), engines().postgres().port());
    }

    private static void startRedis() {
        RedisEngine.start(shop.running.home(), engines().redis().port());
    }

    private static void startBroker() {
        KafkaEngine.start(shop.running.home(), engines().kafka().port());
    }
}
