package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.Workload;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets buyers in at a door, each place in the shop taken by the next buyer as soon as the last one has an answer. A
 * closed loop finds the peak, it does not show what a crowd that does not wait would feel.
 *
 * <p>Others keep coming until whoever came in the measured time has an answer, so that the last of them wait in a crowd
 * as the first did, and neither start nor end makes answers quick or late.
 *
 * <p>Busy is no answer: who is told so comes again, and still came when they first asked. Sold out is one: who waits
 * for units to come back asks anew. One thread sends everything, so that there is an order of arrival to compare the
 * line with.
 */
public final class ClosedLoop {

    /** A buyer who was told to come again does so this often, and later each time. */
    static final int COMES_AGAIN_MAX = 10;

    private static final long COMES_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long somebody who waits for units to come back waits before asking again. */
    private static final long WAITS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Who has no answer this long after the last buyer came does not get one. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Door door;
    private final Task task;
    private final Buyers buyers;
    private final Queue<Place> answered = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Place> waiting = new PriorityQueue<>(Comparator.comparingLong(place -> place.dueNanos));
    private final Thread driver = Thread.currentThread();
    private final BooleanSupplier over;
    private final long fromNanos;
    private final long stopNanos;
    private final long overtimeNanos;
    private int next;
    private int owed;
    private int underWay;
    private volatile boolean parked;

    /** To be run by the thread that makes it. */
    public ClosedLoop(Door door, Task task, long startNanos) {
        this(door, task, startNanos, () -> false);
    }

    /**
     * As above.
     *
     * @param over whether the workload is over before its time
     */
    public ClosedLoop(Door door, Task task, long startNanos, BooleanSupplier over) {
        this.door = door;
        this.task = task;
        this.buyers = task.buyers();
        this.next = task.instance();
        this.over = over;
        this.fromNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(task.span().leadInMillis());
        this.stopNanos = fromNanos + TimeUnit.MILLISECONDS.toNanos(task.span().lastsMillis());
        this.overtimeNanos =
                stopNanos + TimeUnit.MILLISECONDS.toNanos(task.span().overtimeMillis());
    }

    /** One place in the shop, and the buyer who has it. */
    private static final class Place {
        private @Nullable Purchase purchase;
        private int attempts;
        private long firstArrival;
        private long firstSentNanos;
        private long arrival;
        private long answeredNanos;
        private long dueNanos;
        private @Nullable Receipt receipt;

        void asksAnew() {
            attempts = 0;
        }
    }

    /** Runs until nobody comes any more and everybody has an answer. */
    public Share run() {
        try (Acknowledgements acknowledgements = task.acknowledgements()) {
            Tally tally = new Tally(task.instance(), fromNanos, stopNanos - fromNanos, acknowledgements);
            serve(tally);
            return tally.share(isCut());
        }
    }

    private void serve(Tally tally) {
        for (int i = 0; i < task.clients(); i++) {
            serveNext(new Place(), tally);
        }
        long givesUpNanos = overtimeNanos + PATIENCE_NANOS;
        while (underWay > 0 || !waiting.isEmpty()) {
            long now = System.nanoTime();
            if (now - givesUpNanos > 0) {
                tally.unanswered(underWay);
                break;
            }
            callThoseWhoWaited(now, tally);
            Place place = answered.poll();
            if (place == null) {
                park();
            } else {
                underWay--;
                settle(place, tally);
            }
        }
    }

    /** Whether there was more to do than there was time. */
    private boolean isCut() {
        return switch (task.workload()) {
            case SELL_OUT -> next < buyers.count();
            case ABANDONMENT -> !over.getAsBoolean();
            case SUSTAINED, SCATTERED, MULTI_ITEM -> false;
        };
    }

    private boolean isOpen(long now) {
        return (now - stopNanos < 0 || (owed > 0 && now - overtimeNanos < 0)) && !over.getAsBoolean();
    }

    private void settle(Place place, Tally tally) {
        Purchase purchase = place.purchase;
        Receipt receipt = place.receipt;
        if (purchase == null || receipt == null) {
            throw new IllegalStateException("an answer without a question");
        }
        if (place.attempts == 1) {
            place.firstArrival = place.arrival;
        }
        boolean open = isOpen(place.answeredNanos);
        if (receipt.outcome() == Outcome.BUSY && open && place.attempts < COMES_AGAIN_MAX) {
            tally.comesAgain();
            comeAgain(place, COMES_AGAIN_NANOS * place.attempts);
            return;
        }
        owed -= tally.measures(place.firstSentNanos) ? 1 : 0;
        tally.answered(purchase, receipt, place.firstArrival, place.firstSentNanos, place.answeredNanos);
        if (receipt.outcome() == Outcome.SOLD_OUT && task.workload() == Workload.ABANDONMENT && open) {
            place.asksAnew();
            comeAgain(place, WAITS_NANOS);
        } else {
            serveNext(place, tally);
        }
    }

    private void comeAgain(Place place, long laterNanos) {
        place.dueNanos = System.nanoTime() + laterNanos;
        waiting.add(place);
    }

    private void callThoseWhoWaited(long now, Tally tally) {
        if (!isOpen(now)) {
            waiting.removeIf(place -> place.attempts == 0);
        }
        for (Place place = waiting.peek(); place != null && place.dueNanos - now <= 0; place = waiting.peek()) {
            send(waiting.remove(), tally);
        }
    }

    private void serveNext(Place place, Tally tally) {
        if (next < buyers.count() && isOpen(System.nanoTime())) {
            place.purchase = buyers.purchase(next);
            place.asksAnew();
            next += task.instances();
            send(place, tally);
        }
    }

    private void send(Place place, Tally tally) {
        Purchase purchase = place.purchase;
        if (purchase == null) {
            throw new IllegalStateException("nobody to serve");
        }
        if (place.attempts++ == 0) {
            place.firstSentNanos = System.nanoTime();
            owed += tally.measures(place.firstSentNanos) ? 1 : 0;
        }
        underWay++;
        door.enter(purchase, (receipt, arrival) -> {
            place.answeredNanos = System.nanoTime();
            place.arrival = arrival;
            place.receipt = receipt;
            answered.add(place);
            if (parked) {
                LockSupport.unpark(driver);
            }
        });
    }

    /** Whoever answers sees that the driver is parked, or the driver sees the answer. */
    private void park() {
        parked = true;
        if (answered.isEmpty()) {
            Place first = waiting.peek();
            long due = first == null ? PARK_NANOS : first.dueNanos - System.nanoTime();
            LockSupport.parkNanos(this, Math.clamp(due, 1, PARK_NANOS));
        }
        parked = false;
    }
}
