package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.openrun.engines.KafkaEngine;
import io.openrun.engines.PostgresEngine;
import io.openrun.engines.ProcessRecord;
import io.openrun.engines.RedisEngine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Things break in the middle of a sale. Every request is recorded with its answer; afterwards the database is audited
 * by SQL: nothing oversold, nothing that was answered 201 lost, nobody over the limit, no gap in the line.
 *
 * <p>It breaks a shop of its own, one fault after the other, beside the tests of the shop that is not broken.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

    /** What a shop is made of, in the order in which it starts. */
    private enum Part {
        POSTGRES,
        REDIS,
        KAFKA,
        SHOP;

        /** The one that runs now: found by what it left in its folder, since an earlier test may have started it. */
        void kill() {
            var record = name().toLowerCase(Locale.ROOT) + ".pid";
            ProcessRecord.readFrom(shop.running.home().resolve("run").resolve(record))
                    .flatMap(ProcessRecord::find)
                    .orElseThrow()
                    .destroyForcibly();
        }

        /** Starts it again, where it was. */
        void start() {
            var home = shop.running.home();
            var engines = shop.running.engines();
            switch (this) {
                case POSTGRES -> PostgresEngine.start(home, engines.postgres().port());
                case REDIS -> RedisEngine.start(home, engines.redis().port());
                case KAFKA -> KafkaEngine.start(home, engines.kafka().port());
                case SHOP -> shop.running.restartShop();
            }
        }

        void killAndStart() {
            kill();
            start();
        }
    }

    private static TheShop shop;

    @BeforeAll
    static void aShopToBreak() {
        shop = TheShop.start();
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"SHOP", "POSTGRES", "KAFKA"})
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenAPartOfItIsKilledMidSale(Part part) throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(part::killAndStart);
        sale.isKept();
    }

    /** The default never asks Redis and is not to begin to; the other two ask it first. */
    @ParameterizedTest
    @ValueSource(strings = {"group-commit", "redis-lua", "redis-lock"})
    @Execution(ExecutionMode.SAME_THREAD)
    void doesNotNoticeThatRedisLostEverythingMidSale(String strategy) throws Exception {
        var sale = new Sale(shop, 1_500, 1_000, strategy);
        try (var client = RedisClient.create(shop.running.engines().redis().url());
                var connection = client.connect()) {
            sale.runAnd(() -> {
                connection.sync().flushall();
                Part.REDIS.killAndStart();
            });
        }
        assertThat(sale.told()).allMatch(Sale.Told::isFinal);
        sale.isKept();
    }

    /** As when the machine loses its power: nobody has a moment to write anything down. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesNothingItPromisedWhenEverythingIsKilledMidSale() throws Exception {
        var sale = saleOfAThousand();
        sale.runAnd(() -> {
            List.of(Part.values()).reversed().forEach(Part::kill);
            List.of(Part.values()).forEach(Part::start);
        });
        sale.isKept();
    }

    /** Everybody asks until they have an answer: exactly a hundred are told that they have it. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void sellsExactlyAHundredUnitsToTenThousandBuyersWhileOneProcessAfterTheOtherIsKilled() throws Exception {
        var sale = new Sale(shop, 10_000, 100, "group-commit");
        sale.runToTheEndAnd(Map.of(
                10, Part.SHOP::killAndStart,
                30, Part.POSTGRES::killAndStart,
                50, Part.KAFKA::killAndStart,
                70, Part.REDIS::killAndStart));
        sale.isKept();
    }

    private static Sale saleOfAThousand() {
        return new Sale(shop, 1_500, 1_000, "group-commit");
    }
}
