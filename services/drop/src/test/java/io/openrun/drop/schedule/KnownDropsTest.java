package io.openrun.drop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.openrun.drop.DropShop;
import io.openrun.drop.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KnownDropsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static DropShop shop;
    private static KnownDrops known;

    /** A reader that reads when the test says so. */
    private final List<Runnable> reads = new ArrayList<>();

    private final Executor reader = reads::add;

    @BeforeAll
    static void open() {
        shop = DropShop.shared();
        known = shop.bean(KnownDrops.class);
    }

    @Test
    void answersThoseWhoWaitInTheOrderInWhichTheyCame() {
        var drop = shop.openDrop(10, 1);
        var served = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            var _ = known.load(drop, reader).thenAccept(terms -> served.add(number));
        }

        reads.forEach(Runnable::run);

        assertThat(reads).as("one read for all").hasSize(1);
        assertThat(served)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void letsNobodyOvertakeThoseWhoWait() {
        var drop = shop.openDrop(10, 1);
        var served = new ArrayList<String>();
        var _ = known.load(drop, reader).thenAccept(terms -> {
            served.add("first");
            assertThat(known.remembered(drop)).as("somebody is still waiting").isNull();
            var _ = known.load(drop, reader).thenAccept(more -> served.add("came while others were answered"));
        });
        var _ = known.load(drop, reader).thenAccept(terms -> served.add("second"));
        assertThat(known.fresh(drop)).isPresent();
        assertThat(known.remembered(drop))
                .as("known by now, but two are waiting")
                .isNull();

        reads.getFirst().run();

        assertThat(served).containsExactly("first", "second", "came while others were answered");
        assertThat(known.remembered(drop)).isNotNull();
    }

    @Test
    void tellsThoseWhoWaitThatNobodyCanReadAndReadsForTheNext() throws Exception {
        var drop = shop.openDrop(10, 1);
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };

        var refused = known.load(drop, full);
        var next = known.load(drop, reader);
        reads.getFirst().run();

        assertThatThrownBy(refused::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(next.get()).isPresent();
    }

    @Test
    void knowsByItselfWhatOpensInAMomentAndNothingElse() {
        var later = scheduled(Duration.ofHours(1));
        assertThat(known.read(later)).isPresent();
        var soon = scheduled(Duration.ofSeconds(4));

        await().atMost(SOON).until(() -> known.remembered(later) == null);

        await().atMost(SOON).untilAsserted(() -> assertThat(known.remembered(soon))
                .as("nobody has asked for it")
                .isNotNull());
        assertThat(known.remembered(later)).isNull();
    }

    @Test
    void knowsByItselfWhatIsMovedToOpenAtOnce() {
        var drop = scheduled(Duration.ofHours(1));
        var moved = shop.send(DropShop.request(shop.web("/api/v1/drops/" + drop), Tokens.admin())
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"opensAt\":\"" + Instant.now() + "\"}")));
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);

        await().atMost(SOON).until(() -> known.remembered(drop) != null);
    }

    private static UUID scheduled(Duration opensIn) {
        var opensAt = Instant.now().plus(opensIn);
        return shop.scheduled(shop.neighbours.product(10), 10, 1, opensAt, opensAt.plusSeconds(600), "");
    }
}
