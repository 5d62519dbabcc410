package io.openrun.lab.contention.instance;

import io.openrun.stock.StockSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether a stock whose units come back is sold for good, counting holds and trusting no counter. A
 * sale that has stood still is over too: what is left then was lost on the way back.
 */
public final class SaleWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SaleWatch.class);
    private static final long EVERY_MILLIS = 50;

    /** Many times as long as a hold lasts. */
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private static final String LEFT = """
            SELECT stock.quantity - coalesce(sum(hold.quantity), 0) AS units_left
            FROM {schema}.stock LEFT JOIN {schema}.hold ON stock_id = stock.id AND unit = 1 AND status = 1
            WHERE stock.id = ? GROUP BY stock.id
            """;

    private final DataSource database;
    private final String question;
    private final UUID stock;
    private final AtomicLong looks = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sale-watch").daemon().factory());
    private long left = Long.MAX_VALUE;
    private long movedNanos = System.nanoTime();
    private volatile boolean over;

    /** Begins to look. */
    public SaleWatch(DataSource database, StockSchema schema, UUID stock) {
        this.database = database;
        this.question = schema.sql(LEFT);
        this.stock = stock;
        var _ = clock.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether everything is sold, or nothing has been sold for long. */
    public boolean isOver() {
        return over;
    }

    /** How often it has looked; each look is a transaction and a round trip that no sale needed. */
    public long looks() {
        return looks.get();
    }

    private void look() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(question)) {
            select.setObject(1, stock);
            looks.incrementAndGet();
            try (ResultSet row = select.executeQuery()) {
                row.next();
                seen(row.getLong("units_left"));
            }
        } catch (SQLException e) {
            log.warn("how far the sale is cannot be seen, the next look follows", e);
        }
    }

    private void seen(long now) {
        if (now != left) {
            left = now;
            movedNanos = System.nanoTime();
        }
        over |= now <= 0 || System.nanoTime() - movedNanos > STANDSTILL.toNanos();
    }

    @Override
    public void close() {
        clock.close();
    }
}
