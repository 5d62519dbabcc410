package io.openrun.lab.contention;

import io.openrun.stock.StockSchema;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** What strategies have left in somebody else's Redis; removed in the end. */
final class RedisTraces implements AutoCloseable {

    private static final long STOP_MILLIS = 1_000;

    private final String redisUrl;
    private final Supplier<List<StockSchema>> schemas;

    /**
     * Nothing happens before it is closed.
     *
     * @param schemas whose keys are to go, asked for when it is closed
     */
    RedisTraces(String redisUrl, Supplier<List<StockSchema>> schemas) {
        this.redisUrl = redisUrl;
        this.schemas = schemas;
    }

    @Override
    public void close() {
        Config config = new Config();
        config.useSingleServer().setAddress(redisUrl).setConnectionMinimumIdleSize(1);
        RedissonClient redis = Redisson.create(config);
        try {
            for (StockSchema schema : schemas.get()) {
                redis.getKeys().unlinkByPattern("openrun:" + schema.name() + ":*");
            }
        } finally {
            redis.shutdown(0, STOP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
