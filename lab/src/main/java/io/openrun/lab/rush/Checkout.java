package io.openrun.lab.rush;

import io.openrun.lab.shop.Crowd;
import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopClient.Reply;
import io.openrun.lab.shop.ShopException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The winners after the stampede: wait for the order, then pay, leave before entering a payment, or leave
 * before confirming it; each until the order's status says what was done.
 */
final class Checkout {

    private static final int AT_ONCE_MAX = 64;
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ShopClient shop;
    private final Crowd crowd;
    private final AtomicInteger settled = new AtomicInteger();
    private final Map<String, Long> orders = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private long missing;
    private long paid;

    Checkout(ShopClient shop, Crowd crowd) {
        this.shop = shop;
        this.crowd = crowd;
    }

    private enum Intention {
        PAY,
        LEAVE_AT_ENTERING,
        LEAVE_AT_CONFIRMING,
        UNDECIDED
    }

    Aftermath run(RushPlan plan, List<Winner> winners) {
        List<Winner> shuffled = new ArrayList<>(winners);
        Collections.shuffle(shuffled, new Random(plan.seed()));
        Semaphore atOnce = new Semaphore(AT_ONCE_MAX);
        try (ExecutorService shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < shuffled.size(); i++) {
                Winner winner = shuffled.get(i);
                Intention intention = intention(plan, i, shuffled.size());
                shoppers.execute(() -> {
                    atOnce.acquireUninterruptibly();
                    try {
                        checkOut(winner, intention);
                    } catch (ShopException e) {
                        error(String.valueOf(e.getMessage()));
                        missing();
                    } finally {
                        settled.incrementAndGet();
                        atOnce.release();
                    }
                });
            }
        }
        synchronized (this) {
            return new Aftermath(orders, missing, paid, errors);
        }
    }

    /** Winners whose order stands as it will stay. */
    int settled() {
        return settled.get();
    }

    private static Intention intention(RushPlan plan, int index, int winners) {
        long pay = Math.round(plan.pay() * winners);
        long abandon = Math.round(plan.abandon() * winners);
        if (index < pay) {
            return Intention.PAY;
        }
        if (index < pay + abandon) {
            return Intention.LEAVE_AT_ENTERING;
        }
        return index < pay + 2 * abandon ? Intention.LEAVE_AT_CONFIRMING : Intention.UNDECIDED;
    }

    private void checkOut(Winner winner, Intention intention) {
        String token = crowd.token(winner.shopper());
        String order = "/orders/" + winner.orderId();
        Reply made = awaitField(order, token, "PROCESSING");
        if (!made.ok() || made.text("status").equals("PROCESSING")) {
            error(made.ok() ? "order still PROCESSING" : "order answered " + made.status());
            missing();
            return;
        }
        String expectedNot =
                switch (intention) {
                    case LEAVE_AT_ENTERING, UNDECIDED -> "";
                    case LEAVE_AT_CONFIRMING -> {
                        enter(winner, token);
                        yield "";
                    }
                    case PAY -> pay(winner, token) ? "PENDING_PAYMENT" : "";
                };
        Reply end = awaitField(order, token, expectedNot);
        if (!expectedNot.isEmpty() && end.text("status").equals(expectedNot)) {
            error("order still " + expectedNot + " after its payment ended");
        }
        count(end.ok() ? end.text("status") : "HTTP_" + end.status());
    }

    /** True when the payment came to an end, so that the order must follow. */
    private boolean pay(Winner winner, String token) {
        Reply payment = enter(winner, token);
        if (!payment.ok()) {
            return false;
        }
        String path = "/payments/" + payment.text("id");
        Reply confirmed = shop.post(path + "/confirm", token, Map.of());
        if (!confirmed.ok()) {
            error("confirming a payment answered " + confirmed.status() + " " + confirmed.text("code"));
            return false;
        }
        Reply end = confirmed.text("status").equals("PENDING") ? awaitField(path, token, "PENDING") : confirmed;
        switch (end.text("status")) {
            case "SUCCEEDED" -> {
                received(end.number("amount"));
                return true;
            }
            case "FAILED" -> {
                return true;
            }
            default -> {
                error("payment ended " + end.text("status"));
                return false;
            }
        }
    }

    private Reply enter(Winner winner, String token) {
        Reply payment = shop.post("/payments", token, Map.of("orderId", winner.orderId(), "method", "CARD"));
        if (!payment.ok()) {
            error("entering a payment answered " + payment.status() + " " + payment.text("code"));
        } else if (payment.number("amount") != winner.amount()) {
            error("payment asks for another amount than the purchase");
        }
        return payment;
    }

    /** Asks until the status is another than the given one, or time is up. */
    private Reply awaitField(String path, String token, String not) {
        long deadlineNanos = System.nanoTime() + SETTLES_WITHIN.toNanos();
        while (true) {
            Reply reply = shop.get(path, token);
            boolean changed = reply.ok() && !reply.text("status").equals(not);
            if (changed || reply.status() == 404 || System.nanoTime() > deadlineNanos) {
                return reply;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private synchronized void count(String status) {
        orders.merge(status, 1L, Long::sum);
    }

    private synchronized void received(long amount) {
        paid = Math.addExact(paid, amount);
    }

    private synchronized void missing() {
        missing++;
    }

    private synchronized void error(String what) {
        errors.merge(what, 1L, Long::sum);
    }
}
