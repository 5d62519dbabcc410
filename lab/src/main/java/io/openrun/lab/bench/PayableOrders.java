package io.openrun.lab.bench;

import io.openrun.lab.load.Answer;
import io.openrun.lab.load.Answers;
import io.openrun.lab.load.Latency;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.shop.ShopClient.Reply;
import io.openrun.lab.shop.ShopException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long after the 201 a buyer can pay. Follows some of the sales: the database is asked every few milliseconds which
 * of their orders are there, and then the shop, as the buyer would, whether the order is PENDING_PAYMENT; the time is
 * that of the shop's answer. Asking the shop all the time would be more load than the sale.
 */
final class PayableOrders implements AutoCloseable {

    private static final int FOLLOWED_PER_SECOND = 10;
    private static final Duration MADE_WITHIN = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 5;
    private static final String MADE = "SELECT id FROM orders.orders WHERE id = ANY (?)";

    private final BenchShop shop;
    private final long every;
    private final ConcurrentLinkedQueue<Sale> followed = new ConcurrentLinkedQueue<>();
    private final ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<Long> missing;
    private final Latency latency = new Latency();
    private long unpayable;
    private volatile boolean ended;

    private record Sale(UUID order, int request, long soldNanos) {}

    /** Follows a few sales of every second at that rate. */
    PayableOrders(BenchShop shop, double perSecond) {
        this.shop = shop;
        this.every = Math.max(1, Math.round(perSecond / FOLLOWED_PER_SECOND));
        this.missing = buyers.submit(this::watch);
    }

    /** Takes one thread's answers, follows some of their orders and hands all on. */
    Answers beside(Answers answers) {
        return new Answers() {
            private long sold;

            @Override
            public void answered(Answer answer) {
                answers.answered(answer);
                if (answer.outcome() == Outcome.OK && sold++ % every == 0) {
                    followed.add(new Sale(
                            UUID.fromString(answer.field("orderId")), answer.request(), answer.answeredNanos()));
                }
            }
        };
    }

    /** Returns when all that were followed can be paid, or were given up after a minute. */
    Followed end() throws SQLException, InterruptedException {
        ended = true;
        try {
            long never = missing.get();
            buyers.close();
            synchronized (this) {
                return new Followed(latency, never + unpayable);
            }
        } catch (ExecutionException e) {
            throw new SQLException("the orders could not be followed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        buyers.shutdownNow();
    }

    /** Looks until the end and until no order is waited for; says how many never came. */
    private long watch() throws SQLException, InterruptedException {
        Map<UUID, Sale> open = new HashMap<>();
        long never = 0;
        try (Connection connection = DriverManager.getConnection(shop.jdbcUrl());
                PreparedStatement made = connection.prepareStatement(MADE)) {
            while (!ended || !open.isEmpty() || !followed.isEmpty()) {
                for (Sale sale = followed.poll(); sale != null; sale = followed.poll()) {
                    open.put(sale.order(), sale);
                }
                for (UUID order : madeOf(made, open)) {
                    Sale sale = open.remove(order);
                    buyers.execute(() -> ask(sale));
                }
                int waiting = open.size();
                open.values().removeIf(sale -> System.nanoTime() - sale.soldNanos() > MADE_WITHIN.toNanos());
                never += waiting - open.size();
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        return never;
    }

    private static List<UUID> madeOf(PreparedStatement made, Map<UUID, Sale> open) throws SQLException {
        List<UUID> orders = new ArrayList<>();
        if (!open.isEmpty()) {
            made.setArray(
                    1, made.getConnection().createArrayOf("uuid", open.keySet().toArray()));
            try (ResultSet rows = made.executeQuery()) {
                while (rows.next()) {
                    orders.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return orders;
    }

    private void ask(Sale sale) {
        boolean payable = false;
        try {
            Reply reply = shop.order(sale.order(), sale.request());
            payable = reply.ok() && reply.text("status").equals("PENDING_PAYMENT");
        } catch (ShopException unanswered) {
            // Not payable for this buyer, whatever the database says.
        }
        long nanos = System.nanoTime() - sale.soldNanos();
        synchronized (this) {
            if (payable) {
                latency.recordMicros(nanos / 1_000);
            } else {
                unpayable++;
            }
        }
    }

    /**
     * What the followed buyers saw.
     *
     * @param latency from the 201 to the order that can be paid
     * @param missing orders that did not come within a minute or could not be paid when they were there
     */
    record Followed(Latency latency, long missing) {

        String text() {
            return "p50 %.0f  p95 %.0f  p99 %.0f  max %.0f ms, of %,d followed%s"
                    .formatted(
                            latency.percentileMillis(50),
                            latency.percentileMillis(95),
                            latency.percentileMillis(99),
                            latency.maxMillis(),
                            latency.count() + missing,
                            missing == 0 ? "" : "; %,d NOT payable".formatted(missing));
        }
    }
}
