package io.openrun.lab.contention.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.contention.Workload;
import io.openrun.lab.contention.instance.Acknowledgements.Told;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.Receipt.Taken;
import io.openrun.lab.load.Latency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a buyer's wait is, and what counts as an answer. */
@Timeout(60)
class ClosedLoopTest {

    private static final int PEOPLE = 3;

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
    void aBuyerWhoWasToldToComeAgainKeepsTheFirstPlaceInTheOrderOfArrival() {
        Share share = visit(new BusyDoor(1));

        assertThat(Acknowledgements.of(share.acknowledgements()))
                .extracting(Told::arrival)
                .allMatch(arrival -> arrival < PEOPLE);
    }

    @Test
    void aPurchaseThatIsNeverServedFailsOnceAndHasNoLatency() {
        Share share = visit(new BusyDoor(Integer.MAX_VALUE));

        assertThat(share.sold()).isZero();
        assertThat(share.failed()).isEqualTo(PEOPLE);
        assertThat(share.comebacks()).isEqualTo(PEOPLE * (ClosedLoop.COMES_AGAIN_MAX - 1L));
        assertThat(Latency.decoded(share.latency()).count()).isZero();
    }

    private static Share visit(Door door) {
        Task task = new Task(Workload.SELL_OUT, 10, PEOPLE, 1, List.of(UUID.randomUUID()), 0, 1, PEOPLE, 20_000, 0);
        assertThat(task.buyers().count()).as("nobody of this seed comes twice").isEqualTo(PEOPLE);
        return new ClosedLoop(door, task, System.nanoTime()).run().share();
    }
}
