package io.openrun.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadClientTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void sendsEveryRequestOnceAndRecordsEveryAnswerOnce() throws Exception {
        try (StubbornServer server = new StubbornServer(i -> StubbornServer.ok("{\"n\":" + i + "}"));
                LoadClient client = LoadClient.open(server.address(), 20, 2)) {
            Set<Integer> answered = ConcurrentHashMap.newKeySet();
            Set<String> bodies = ConcurrentHashMap.newKeySet();

            RunReport report = client.run(Run.closedLoop(new Gets(2_000), LONG), answer -> {
                assertThat(answered.add(answer.request())).isTrue();
                bodies.add(answer.field("n"));
            });

            assertThat(report.sent()).isEqualTo(2_000);
            assertThat(answered).hasSize(2_000);
            assertThat(bodies).hasSize(2_000);
            assertThat(server.requests()).isEqualTo(2_000);
        }
    }

    @Test
    void keepsEachConnectionForAllItsRequestsAndRuns() throws Exception {
        try (StubbornServer server = new StubbornServer(i -> StubbornServer.ok("{}"));
                LoadClient client = LoadClient.open(server.address(), 5, 2)) {
            client.run(Run.visits(new Gets(100), LONG), answer -> {});
            client.run(Run.allAtOnce(new Gets(100), System.nanoTime(), LONG), answer -> {});

            assertThat(server.connections()).isEqualTo(5);
            assertThat(server.requests()).isEqualTo(200);
        }
    }

    @Test
    void neverHasTwoRequestsUnderWayOnOneConnection() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (StubbornServer server = new StubbornServer(i -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    underWay.decrementAndGet();
                    return StubbornServer.ok("{}");
                });
                LoadClient client = LoadClient.open(server.address(), 3, 1)) {
            client.run(Run.closedLoop(new Gets(500), LONG), answer -> {});

            assertThat(most.get()).isBetween(1, 3);
        }
    }

    @Test
    void sortsAnswersIntoOkRefusedFailedAndCountsTheirReasons() throws Exception {
        String[] answers = {
            StubbornServer.ok("{}"),
            StubbornServer.answer("409 Conflict", "{\"status\":409,\"code\" : \"SOLD_OUT\"}"),
            StubbornServer.answer("503 Service Unavailable", "{\"code\":\"BUSY\"}"),
            StubbornServer.answer("503 Service Unavailable", "no shop here"),
            StubbornServer.answer("401 Unauthorized", "{\"code\":\"UNAUTHORIZED\"}"),
        };
        try (StubbornServer server = new StubbornServer(i -> answers[i % answers.length]);
                LoadClient client = LoadClient.open(server.address(), 4, 2)) {
            Tally tally = new Tally(Long.MIN_VALUE, Long.MAX_VALUE);

            client.run(Run.closedLoop(new Gets(500), LONG), tally::forOneThread);

            assertThat(tally.count(Outcome.OK)).isEqualTo(100);
            assertThat(tally.count(Outcome.REFUSED)).isEqualTo(200);
            assertThat(tally.count(Outcome.FAILED)).isEqualTo(200);
            assertThat(tally.reasons())
                    .isEqualTo(Map.of("SOLD_OUT", 100L, "BUSY", 100L, "HTTP_503", 100L, "UNAUTHORIZED", 100L));
            assertThat(tally.latency().count()).isEqualTo(500);
        }
    }

    @Test
    void countsARequestWhoseConnectionWasCutAsUnknownAndOpensItAgain() throws Exception {
        try (StubbornServer server =
                        new StubbornServer(i -> i % 10 == 9 ? StubbornServer.CUT : StubbornServer.ok("{}"));
                LoadClient client = LoadClient.open(server.address(), 10, 2)) {
            Tally tally = new Tally(0, 1);

            RunReport report = client.run(Run.closedLoop(new Gets(200), LONG), tally::forOneThread);

            assertThat(tally.count(Outcome.UNKNOWN)).isEqualTo(20);
            assertThat(tally.count(Outcome.OK)).isEqualTo(180);
            assertThat(tally.reasons()).isEqualTo(Map.of("UNKNOWN", 20L));
            assertThat(report.reconnects()).isEqualTo(20);
        }
    }

    @Test
    void countsARequestThatIsNotAnsweredInTimeAsUnknown() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (StubbornServer server = new StubbornServer(i -> {
                    awaitUninterruptibly(never);
                    return StubbornServer.ok("{}");
                });
                LoadClient client = LoadClient.open(server.address(), 3, 1)) {
            Tally tally = new Tally(0, 1);

            client.run(Run.closedLoop(new Gets(3), LONG).answeredWithin(Duration.ofMillis(200)), tally::forOneThread);

            assertThat(tally.count(Outcome.UNKNOWN)).isEqualTo(3);
            never.countDown();
        }
    }

    @Test
    void givesUpWhenTheServerIsGone() throws Exception {
        StubbornServer server = new StubbornServer(i -> StubbornServer.CUT);
        try (LoadClient client = LoadClient.open(server.address(), 2, 1)) {
            server.close();
            Tally tally = new Tally(0, 1);

            RunReport report = client.run(Run.closedLoop(new Gets(1_000), LONG), tally::forOneThread);

            assertThat(report.sent()).isLessThan(10);
            assertThat(tally.count(Outcome.UNKNOWN)).isEqualTo(report.sent());
        }
    }

    @Test
    void stopsSendingWhenItsTimeIsUp() throws Exception {
        try (StubbornServer server = new StubbornServer(i -> StubbornServer.ok("{}"));
                LoadClient client = LoadClient.open(server.address(), 2, 1)) {
            Tally tally = new Tally(0, 1);

            RunReport report = client.run(
                    Run.closedLoop(new Gets(Integer.MAX_VALUE), Duration.ofMillis(300)), tally::forOneThread);

            assertThat(report.took()).isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
            assertThat(tally.count(Outcome.OK)).isEqualTo(report.sent()).isPositive();
        }
    }

    @Test
    void measuresAStalledServerFromTheIntendedTimeInAnOpenLoop() throws Exception {
        long stallMillis = 500;
        try (StubbornServer server = new StubbornServer(i -> {
                    if (i == 100) {
                        stall(stallMillis);
                    }
                    return StubbornServer.ok("{}");
                });
                LoadClient client = LoadClient.open(server.address(), 1, 1)) {
            Tally tally = new Tally(Long.MIN_VALUE, Long.MAX_VALUE);

            client.run(Run.atRate(new Gets(1_000), 1_000, LONG), tally::forOneThread);

            // About 500 requests were due during the stall; each waited for what was left of it, on average half.
            Latency latency = tally.latency();
            assertThat(latency.count()).isEqualTo(1_000);
            assertThat(latency.maxMillis()).isGreaterThanOrEqualTo((double) stallMillis);
            assertThat(latency.percentileMillis(75)).isGreaterThan(100);
            assertThat(latency.meanMillis()).isGreaterThan(0.2 * stallMillis / 2);
        }
    }

    @Test
    void keepsTheRateOfAnOpenLoop() throws Exception {
        try (StubbornServer server = new StubbornServer(i -> StubbornServer.ok("{}"));
                LoadClient client = LoadClient.open(server.address(), 8, 2)) {
            RunReport report = client.run(Run.atRate(new Gets(1_000), 2_000, LONG), answer -> {});

            assertThat(report.sent()).isEqualTo(1_000);
            assertThat(report.took()).isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
        }
    }

    @Test
    void sendsNothingBeforeTheOpeningInstant() throws Exception {
        long opening = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        try (StubbornServer server = new StubbornServer(i -> StubbornServer.ok("{}"));
                LoadClient client = LoadClient.open(server.address(), 50, 2)) {
            AtomicInteger early = new AtomicInteger();
            AtomicInteger wronglyIntended = new AtomicInteger();

            client.run(Run.allAtOnce(new Gets(100), opening, LONG), answer -> {
                if (answer.sentNanos() < opening) {
                    early.incrementAndGet();
                }
                if (answer.intendedNanos() != opening) {
                    wronglyIntended.incrementAndGet();
                }
            });

            assertThat(server.requests()).isEqualTo(100);
            assertThat(early).hasValue(0);
            assertThat(wronglyIntended).hasValue(0);
        }
    }

    @Test
    void readsChunkedAnswersAndFollowsConnectionClose() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{\"code\":\r\n5\r\n\"YES\"\r\n1\r\n}\r\n0\r\n\r\n";
        String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
        try (StubbornServer server = new StubbornServer(i -> i % 2 == 0 ? chunked : closing);
                LoadClient client = LoadClient.open(server.address(), 1, 1)) {
            Set<String> bodies = ConcurrentHashMap.newKeySet();

            RunReport report = client.run(Run.closedLoop(new Gets(2), LONG), answer -> bodies.add(answer.body()));

            assertThat(bodies).containsExactlyInAnyOrder("{\"code\":\"YES\"}", "{}");
            assertThat(report.reconnects()).isEqualTo(1);
        }
    }

    @Test
    void saysHowManyConnectionsCouldNotBeOpened() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) taken.getLocalSocketAddress();
        }

        assertThatThrownBy(() -> LoadClient.open(nobody, 2, 1)).hasMessageStartingWith("only 0 of 2 connections");
        assertThatThrownBy(() -> LoadClient.open(nobody, 10_001, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void stall(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < until) {
            java.util.concurrent.locks.LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
