package io.openrun.lab.bench;

import io.openrun.lab.shop.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/**
 * The whole shop sells when there are ten million holds already: before the first run they are written by SQL, spread
 * over the drops that will be sold, as if published long ago; every later sale goes on behind them in the line.
 */
final class LateSales implements Contender {

    private static final long EARLIER_HOLDS = 10_000_000;

    private static final String HOLDS = """
            INSERT INTO drops.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                    holder_limit, status)
            SELECT uuidv7(), ?, gen_random_uuid(), place, clock_timestamp(), clock_timestamp() + interval '1 day',
                   1, 1, 1, 1, 0
            FROM generate_series(1, ?) AS place
            """;

    private static final String TAKEN = """
            UPDATE drops.stock
            SET remaining = remaining - ?, held = held + ?, last_sequence = ?, version = version + 1,
                first_expiry = clock_timestamp() + interval '1 day'
            WHERE id = ? AND last_sequence = 0
            """;

    private static final String PUBLISHED = "INSERT INTO drops.relay_position (stock_id, sequence) VALUES (?, ?)";

    private final BenchShop shop;
    private final int runs;
    private final Progress progress;
    private final Queue<List<String>> prepared = new ArrayDeque<>();
    private long earlierPerDrop;

    LateSales(BenchShop shop, int runs, Progress progress) {
        this.shop = shop;
        this.runs = runs;
        this.progress = progress;
    }

    @Override
    public Sample run(Duration measured) throws IOException, SQLException, InterruptedException {
        if (prepared.isEmpty()) {
            prepare(measured);
        }
        List<String> drops = prepared.remove();
        AuditedSale sale = AuditedSale.begin(shop, drops, earlierPerDrop);
        return sale.end(HttpRun.go(shop.lane(), Bench.MANY_CONNECTIONS, shop.purchases(drops), measured, shop.pids()));
    }

    private void prepare(Duration measured) throws IOException, SQLException {
        progress.step("writing %,d earlier holds".formatted(EARLIER_HOLDS));
        for (int run = 0; run < runs; run++) {
            prepared.add(shop.openDrops(HttpRun.whole(measured), null));
        }
        earlierPerDrop = Math.ceilDiv(
                EARLIER_HOLDS, prepared.stream().mapToInt(List::size).sum());
        try (Connection connection = DriverManager.getConnection(shop.jdbcUrl())) {
            connection.setAutoCommit(false);
            for (List<String> drops : prepared) {
                for (String drop : drops) {
                    fill(connection, UUID.fromString(drop));
                }
            }
        }
    }

    /** The relay sees the holds and that they were published at the same time: when this commits. */
    private void fill(Connection connection, UUID stock) throws SQLException {
        try (PreparedStatement holds = connection.prepareStatement(HOLDS);
                PreparedStatement taken = connection.prepareStatement(TAKEN);
                PreparedStatement published = connection.prepareStatement(PUBLISHED)) {
            published.setObject(1, stock);
            published.setLong(2, earlierPerDrop);
            published.executeUpdate();
            holds.setObject(1, stock);
            holds.setLong(2, earlierPerDrop);
            holds.executeUpdate();
            taken.setLong(1, earlierPerDrop);
            taken.setLong(2, earlierPerDrop);
            taken.setLong(3, earlierPerDrop);
            taken.setObject(4, stock);
            if (taken.executeUpdate() != 1) {
                throw new SQLException("something was sold already in drop " + stock);
            }
        }
        connection.commit();
    }
}
