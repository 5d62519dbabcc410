package io.openrun.lab.contention.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.contention.Workload;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.Receipt.Taken;
import io.openrun.lab.load.Latency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a buyer's wait is, and what counts as an answer. */
@Timeout(60)
class ClosedLoopTest {

    private static final int PEOPLE = 3;

    @TempDir
    private Path folder;

    /** Tells every buyer to come again so many times, and sells to them then. */
    private static final class BusyDoor implements Door {
        private final int refusals;
        private final Map<Integer, Integer> asked = new HashMap<>();
        private long arrivals;

        BusyDoor(int refusals) {
            this.refusals = refusals;
        }

        @Override
        public void enter(Purchase purchase, Visitor visitor) {
            boolean busy = asked.merge(purchase.number(), 1, Integer::sum) <= refusals;
            long arrival = arrivals++;
            visitor.told(
                    busy
                            ? Receipt.of(Outcome.BUSY)
                            : new Receipt(Outcome.SOLD, List.of(new Taken(0, UUID.randomUUID(), arrival))),
                    arrival);
        }
    }

    @Test
    void aBuyerWhoWasToldToComeAgainWaitsFromTheFirstAttempt() {
        Share share = visit(new BusyDoor(2));

        Latency latency = Latency.decoded(share.latency());
        assertThat(share.sold()).isPositive();
        assertThat(latency.count()).as("one latency a buyer").isEqualTo(share.sold());
        assertThat(latency.percentileMillis(0)).as("10 ms and then 20 ms").isGreaterThanOrEqualTo(30);
        assertThat(share.failed()).isZero();
        assertThat(share.comebacks()).isEqualTo(2 * share.sold());
    }

    @Test
    void aBuyerWhoWasToldToComeAgainKeepsTheFirstPlaceInTheOrderOfArrival() throws IOException {
        visit(new BusyDoor(1));

        List<Long> arrivals = new ArrayList<>();
        Acknowledgements.read(told(), one -> arrivals.add(one.arrival()));
        assertThat(arrivals).hasSize(PEOPLE).allMatch(arrival -> arrival < PEOPLE);
    }

    @Test
    void aPurchaseThatIsNeverServedFailsOnceAndHasNoLatency() {
        Share share = visit(new BusyDoor(Integer.MAX_VALUE));

        assertThat(share.sold()).isZero();
        assertThat(share.failed()).isEqualTo(PEOPLE);
        assertThat(share.comebacks()).isEqualTo(PEOPLE * (ClosedLoop.COMES_AGAIN_MAX - 1L));
        assertThat(Latency.decoded(share.latency()).count()).isZero();
    }

    @Test
    void aSellOutWhoseTimeIsOverBeforeEverybodyWasServedIsCut() {
        Task inTime = task(Workload.SELL_OUT, PEOPLE, Task.Span.from(20_000));
        Task tooLate = task(Workload.SELL_OUT, 1, Task.Span.from(5));

        assertThat(new ClosedLoop(new BusyDoor(0), inTime, System.nanoTime())
                        .run()
                        .cut())
                .isFalse();
        assertThat(new ClosedLoop(new BusyDoor(5), tooLate, System.nanoTime())
                        .run()
                        .cut())
                .isTrue();
    }

    /** Takes its time. */
    private static final class SlowDoor implements Door {
        private final Executor later = CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS);

        @Override
        public void enter(Purchase purchase, Visitor visitor) {
            later.execute(() -> visitor.told(Receipt.of(Outcome.SOLD_OUT), 0));
        }
    }

    @Test
    void othersKeepComingUntilWhoeverCameInTheMeasuredTimeHasAnAnswer() {
        Task task = task(Workload.SUSTAINED, PEOPLE, new Task.Span(500, 500, 20_000));

        Share share = new ClosedLoop(new SlowDoor(), task, System.nanoTime()).run();

        long timed = Latency.decoded(share.latency()).count();
        assertThat(timed).isPositive();
        assertThat(share.refusedInside()).isLessThan(share.refused());
        assertThat(share.refused()).as("more came before and after").isGreaterThan(timed);
        assertThat(share.lastAnswerNanos()).isGreaterThan(500_000_000);
    }

    private Share visit(Door door) {
        Task task = task(Workload.SELL_OUT, PEOPLE, Task.Span.from(20_000));
        assertThat(task.buyers().count()).as("nobody of this seed comes twice").isEqualTo(PEOPLE);
        return new ClosedLoop(door, task, System.nanoTime()).run();
    }

    private Task task(Workload workload, int clients, Task.Span span) {
        return new Task(workload, 10, PEOPLE, 1, List.of(UUID.randomUUID()), 0, 1, clients, span, 0, told().toString());
    }

    private Path told() {
        return folder.resolve("told");
    }
}
