package io.openrun.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalLineTest {

    private static final int PRODUCERS = 8;
    private static final int EACH = 5_000;

    private record Asked(int producer, int number) {}

    @Test
    void doesEverythingOnceOneAfterTheOtherAndInTheOrderOfArrival() throws Exception {
        List<StockId> stocks = List.of(new StockId(UUID.randomUUID()), new StockId(UUID.randomUUID()));
        Map<StockId, List<Asked>> done = new ConcurrentHashMap<>();
        stocks.forEach(stock -> done.put(stock, Collections.synchronizedList(new ArrayList<>())));
        Map<StockId, AtomicInteger> atOnce = new ConcurrentHashMap<>();
        stocks.forEach(stock -> atOnce.put(stock, new AtomicInteger()));
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(stocks.size() * PRODUCERS * EACH);

        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS)) {
            ArrivalLine<Asked> line = new ArrivalLine<>(executor, (stock, asked) -> {
                if (atOnce.get(stock).incrementAndGet() != 1) {
                    overlaps.incrementAndGet();
                }
                done.get(stock).add(asked);
                atOnce.get(stock).decrementAndGet();
                all.countDown();
            });
            for (int producer = 0; producer < PRODUCERS; producer++) {
                int me = producer;
                producers.execute(() -> IntStream.range(0, EACH)
                        .forEach(number -> stocks.forEach(stock -> line.join(stock, new Asked(me, number)))));
            }
            assertThat(all.await(60, TimeUnit.SECONDS)).as("everything is done").isTrue();
        }

        assertThat(overlaps).hasValue(0);
        for (StockId stock : stocks) {
            assertThat(done.get(stock)).hasSize(PRODUCERS * EACH);
            for (int producer = 0; producer < PRODUCERS; producer++) {
                int me = producer;
                assertThat(done.get(stock).stream()
                                .filter(asked -> asked.producer() == me)
                                .map(Asked::number))
                        .containsExactlyElementsOf(
                                IntStream.range(0, EACH).boxed().toList());
            }
        }
    }

    @Test
    void dismissesThoseWhoWaitAndGoesOnWithWhoComesLater() throws Exception {
        StockId stock = new StockId(UUID.randomUUID());
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            ArrivalLine<String> line = new ArrivalLine<>(executor, (same, asked) -> {
                done.add(asked);
                if (asked.equals("first")) {
                    begun.countDown();
                    awaitQuietly(mayEnd);
                }
                if (asked.equals("later")) {
                    last.countDown();
                }
            });
            line.join(stock, "first");
            begun.await();
            line.join(stock, "second");
            line.join(stock, "third");

            assertThat(line.dismiss(stock)).containsExactly("second", "third");
            line.join(stock, "later");
            mayEnd.countDown();

            assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done).containsExactly("first", "later");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
