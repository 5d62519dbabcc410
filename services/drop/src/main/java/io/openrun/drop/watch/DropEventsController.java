package io.openrun.drop.watch;

import io.openrun.drop.schedule.DropState;
import io.openrun.drop.schedule.DropView;
import io.openrun.drop.schedule.ReadDrops;
import io.openrun.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A drop's stock and state as they change, as server-sent events. Each watcher is a virtual thread, so one that reads
 * slowly holds up nobody else.
 */
@RestController
@Tag(name = "Drops")
class DropEventsController {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final ReadDrops reading;
    private final WatchDrops watchDrops;

    DropEventsController(ReadDrops reading, WatchDrops watchDrops) {
        this.reading = reading;
        this.watchDrops = watchDrops;
    }

    /** The event {@code stock}: what remains. */
    record StockEvent(UUID dropId, long remaining, Instant serverTime) {}

    /** The event {@code state}: where the drop stands. */
    record StateEvent(UUID dropId, DropState state, Instant opensAt, Instant closesAt, Instant serverTime) {}

    @Operation(summary = "Server-sent events: stock, state")
    @GetMapping(path = "/api/v1/drops/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable UUID id) {
        var first = reading.one(id).orElseThrow(() -> Problem.notFound().asException());
        if (!watchDrops.enter()) {
            throw Problem.busy(503, TRY_AGAIN).asException();
        }
        var emitter = new SseEmitter(LONGEST.toMillis());
        Thread.ofVirtual().name("drop-watcher").start(() -> follow(first, emitter));
        return emitter;
    }

    private void follow(DropView first, SseEmitter emitter) {
        var drop = watchDrops.watch(first);
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            sendState(emitter, first);
            sendStock(emitter, first);
            var seen = first;
            while (watchDrops.isRunning() && System.nanoTime() - end < 0) {
                var news = drop.awaitNews(seen, HEARTBEAT.toMillis());
                if (news == null) {
                    emitter.send(SseEmitter.event().comment("still here"));
                    continue;
                }
                if (news.state() != seen.state()) {
                    sendState(emitter, news);
                }
                if (news.remaining() != seen.remaining()) {
                    sendStock(emitter, news);
                }
                seen = news;
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            emitter.completeWithError(gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } finally {
            watchDrops.unwatch(first.id());
            watchDrops.leave();
        }
    }

    private static void sendState(SseEmitter emitter, DropView drop) throws IOException {
        var event = new StateEvent(drop.id(), drop.state(), drop.opensAt(), drop.closesAt(), drop.serverTime());
        emitter.send(SseEmitter.event().name("state").data(event, MediaType.APPLICATION_JSON));
    }

    private static void sendStock(SseEmitter emitter, DropView drop) throws IOException {
        var event = new StockEvent(drop.id(), drop.remaining(), drop.serverTime());
        emitter.send(SseEmitter.event().name("stock").data(event, MediaType.APPLICATION_JSON));
    }
}
