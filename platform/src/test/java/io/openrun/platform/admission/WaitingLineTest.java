package io.openrun.platform.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingLineTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void turnsAwayExactlyWhoeverIsTooManyOfACrowdThatComesInOneInstant() throws Exception {
        int atOnce = 3;
        int maxWaiting = 64;
        int tooMany = 333;
        var line = new WaitingLine(atOnce, maxWaiting, LONG);
        var instant = new CyclicBarrier(atOnce + maxWaiting + tooMany);
        var over = new CountDownLatch(1);
        var inside = new AtomicInteger();
        var mostInside = new AtomicInteger();
        var turnedAway = new AtomicInteger();
        var crowd = new ArrayList<Future<?>>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < instant.getParties(); i++) {
                crowd.add(people.submit(() -> {
                    instant.await();
                    if (!line.enter()) {
                        turnedAway.incrementAndGet();
                        return null;
                    }
                    mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    over.await();
                    inside.decrementAndGet();
                    line.leave();
                    return null;
                }));
            }
            await().until(() -> turnedAway.get() == tooMany);
            assertThat(line.waiting()).isEqualTo(maxWaiting);
            over.countDown();
        }
        for (var one : crowd) {
            one.get();
        }

        assertThat(turnedAway).hasValue(tooMany);
        assertThat(mostInside).hasValue(atOnce);
        assertThat(line.waiting()).isZero();
        assertThat(line.enter()).isTrue();
    }

    @Test
    void givesThePlaceOfWhoeverWaitedTooLongToAnother() {
        var line = new WaitingLine(1, 1, Duration.ofMillis(1));
        assertThat(line.enter()).isTrue();

        for (int i = 0; i < 3; i++) {
            assertThat(line.enter()).as("waits in vain").isFalse();
            assertThat(line.waiting()).isZero();
        }
        line.leave();

        assertThat(line.enter()).isTrue();
    }

    @Test
    void givesThePlaceOfWhoeverIsInterruptedToAnotherAndLeavesTheThreadInterrupted() throws Exception {
        var line = new WaitingLine(1, 1, LONG);
        assertThat(line.enter()).isTrue();
        var stayedInterrupted = new AtomicInteger();
        var impatient = Thread.ofVirtual().start(() -> {
            if (!line.enter() && Thread.currentThread().isInterrupted()) {
                stayedInterrupted.incrementAndGet();
            }
        });
        await().until(() -> line.waiting() == 1);

        impatient.interrupt();
        impatient.join();

        assertThat(stayedInterrupted).hasValue(1);
        assertThat(line.waiting()).isZero();
    }
}
