package io.openrun.drop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.drop.schedule.DropState;
import io.openrun.drop.schedule.DropView;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchedDropTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID ID = UUID.randomUUID();

    @Test
    void showsNewsOnce() throws InterruptedException {
        var before = view(10, 0);
        var drop = new WatchedDrop(before);

        drop.update(view(9, 1));

        var news = drop.awaitNews(before, 0);
        assertThat(news).isEqualTo(view(9, 1));
        assertThat(drop.awaitNews(view(9, 1), 0)).isNull();
    }

    /** Somebody who joins has just read the drop; the look that others share may be older. */
    @Test
    void neverGoesBackToAnOlderLook() throws InterruptedException {
        var drop = new WatchedDrop(view(9, 1));

        drop.update(view(10, 0));

        assertThat(drop.awaitNews(view(9, 1), 0)).isNull();
        assertThat(drop.awaitNews(view(10, 0), 0)).isEqualTo(view(9, 1));
    }

    private static DropView view(long remaining, int second) {
        return new DropView(
                ID,
                ID,
                "A drop",
                1_000,
                10,
                remaining,
                1,
                NOON.minusSeconds(60),
                NOON.plusSeconds(60),
                DropState.OPEN,
                NOON.plusSeconds(second));
    }
}
