package io.openrun.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.contracts.DropEvent.StockHeld;
import io.openrun.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private final EventCodec codec = new EventCodec();

    private final StockHeld held = new StockHeld(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            "한정판 \"A\"",
            UUID.randomUUID(),
            2,
            15_000,
            30_000,
            7,
            Instant.parse("2026-01-01T12:00:00.123456Z"),
            Instant.parse("2026-01-01T12:10:00.123456Z"));

    @Test
    void readsBackWhatItWrote() {
        assertThat(codec.read(received("StockHeld", codec.write(held)))).contains(held);
        assertThat(codec.toRecord(Topics.DROPS, held).key())
                .isEqualTo(held.dropId().toString());
    }

    @Test
    void passesOverKindsItDoesNotKnow() {
        assertThat(codec.read(received("StockTeleported", codec.write(held)))).isEmpty();
        assertThat(codec.read(new ConsumerRecord<>(Topics.DROPS, 0, 0, "k", codec.write(held))))
                .isEmpty();
    }

    @Test
    void toleratesMembersANewerPublisherAdds() {
        var json = new String(codec.write(held), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"newer\":1,");

        assertThat(codec.read(received("StockHeld", json.getBytes(StandardCharsets.UTF_8))))
                .contains(held);
    }

    private static ConsumerRecord<String, byte[]> received(String type, byte[] body) {
        var received = new ConsumerRecord<>(Topics.DROPS, 0, 0, "k", body);
        received.headers().add("type", type.getBytes(StandardCharsets.UTF_8));
        return received;
    }
}
