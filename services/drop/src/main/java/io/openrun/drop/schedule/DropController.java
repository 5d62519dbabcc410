package io.openrun.drop.schedule;

import io.openrun.drop.engine.DropEngine;
import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import io.openrun.stock.StockId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drops over HTTP: everybody reads them, administrators schedule, change, cancel and audit them. */
@RestController
@RequestMapping("/api/v1/drops")
@Tag(name = "Drops")
class DropController {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final ScheduleDrop scheduleDrop;
    private final ChangeDrop changeDrop;
    private final CancelDrop cancelDrop;
    private final TellWindows tellWindows;
    private final ReturnUnits returnUnits;
    private final ReadDrops reading;
    private final Drops drops;
    private final ScheduleRequests requests;
    private final DropEngine engine;

    DropController(
            ScheduleDrop scheduleDrop,
            ChangeDrop changeDrop,
            CancelDrop cancelDrop,
            TellWindows tellWindows,
            ReturnUnits returnUnits,
            ReadDrops reading,
            Drops drops,
            ScheduleRequests requests,
            DropEngine engine) {
        this.requests = requests;
        this.scheduleDrop = scheduleDrop;
        this.changeDrop = changeDrop;
        this.cancelDrop = cancelDrop;
        this.tellWindows = tellWindows;
        this.returnUnits = returnUnits;
        this.reading = reading;
        this.drops = drops;
        this.engine = engine;
    }

    @Operation(summary = "Schedule a drop; its units leave the product's stock")
    @PostMapping
    ResponseEntity<?> schedule(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody DropRequests.Schedule request) {
        IdempotentRequests.refuseMalformed(key);
        var plan = request.plan();
        var requestKey = key == null ? null : new RequestKey(caller.userId(), key, requests.fingerprint(request));
        if (requestKey == null || requests.isNew(requestKey)) {
            DropRequests.checkWindow(plan, drops.now());
        }
        return switch (scheduleDrop.schedule(plan, requestKey)) {
            case ScheduleDrop.Result.Scheduled(UUID id) -> scheduled(id, requests.answer(id, view(id)), false);
            case ScheduleDrop.Result.Replayed(UUID id, String answer) ->
                scheduled(id, answer == null ? requests.answer(id, view(id)) : answer, true);
            case ScheduleDrop.Result.KeyReused() ->
                throw Problem.of(422, "IDEMPOTENCY_KEY_REUSED").asException();
            case ScheduleDrop.Result.InFlight() ->
                throw Problem.conflict("IDEMPOTENCY_IN_FLIGHT")
                        .with("retryAfterMs", 100L)
                        .asException();
            case ScheduleDrop.Result.InsufficientStock(long remaining) ->
                throw Problem.conflict("INSUFFICIENT_STOCK", remaining)
                        .with("remaining", remaining)
                        .asException();
            case ScheduleDrop.Result.NoProduct() -> throw Problem.notFound().asException();
            case ScheduleDrop.Result.UnknownStrategy() ->
                throw Problem.of(422, "STRATEGY_UNKNOWN", String.join(", ", engine.strategies()))
                        .with("known", engine.strategies())
                        .asException();
            case ScheduleDrop.Result.CatalogAway() ->
                throw Problem.busy(503, TRY_AGAIN).asException();
        };
    }

    @Operation(summary = "Drops, the newest first")
    @GetMapping
    Page<DropView> list(
            @RequestParam @Nullable DropState state,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam @Nullable String cursor) {
        var found = reading.list(state, Cursor.decodeId(cursor), Cursor.limit(limit));
        return Page.of(found, limit, drop -> drop.id().toString());
    }

    @Operation(summary = "One drop, with what remains at this moment")
    @GetMapping("/{id}")
    DropView one(@PathVariable UUID id) {
        return view(id);
    }

    @Operation(summary = "Change a drop before it opens, or open it now")
    @PatchMapping("/{id}")
    DropView change(@PathVariable UUID id, @Valid @RequestBody DropRequests.Change request) {
        var now = drops.now();
        var result = changeDrop.change(id, plan -> {
            var changed = request.applyTo(plan);
            DropRequests.checkWindow(changed, now);
            return changed;
        });
        return switch (result) {
            case CHANGED -> {
                tellWindows.round();
                yield view(id);
            }
            case NOT_CHANGEABLE -> throw notChangeable().asException();
            case NOT_SETTLED ->
                throw notChangeable()
                        .with("retryAfterMs", ChangeDrop.SETTLED_BEFORE.toMillis())
                        .asException();
            case NO_DROP -> throw Problem.notFound().asException();
        };
    }

    private static Problem notChangeable() {
        return Problem.conflict("DROP_NOT_CHANGEABLE", ChangeDrop.SETTLED_BEFORE.toSeconds());
    }

    @Operation(summary = "Call a drop off; unpaid purchases are released, unsold units go back")
    @PostMapping("/{id}/cancel")
    DropView cancel(@PathVariable UUID id, @RequestBody(required = false) DropRequests.@Nullable Cancel request) {
        return switch (cancelDrop.cancel(id)) {
            case CANCELLED -> {
                tellWindows.round();
                returnUnits.round();
                yield view(id);
            }
            case NOT_CANCELLABLE ->
                throw Problem.conflict("DROP_NOT_CANCELLABLE").asException();
            case NO_DROP -> throw Problem.notFound().asException();
        };
    }

    @Operation(summary = "Count the holds anew and compare them with the counters")
    @GetMapping("/{id}/audit")
    DropAudit audit(@PathVariable UUID id) {
        var drop = view(id);
        var audit = engine.stocks().audit(new StockId(id)).orElseThrow(() -> Problem.notFound()
                .asException());
        return DropAudit.of(audit, drop.quantity() - audit.quantity());
    }

    private static ResponseEntity<byte[]> scheduled(UUID id, String body, boolean again) {
        var answer = ResponseEntity.created(URI.create("/api/v1/drops/" + id)).contentType(MediaType.APPLICATION_JSON);
        if (again) {
            answer.header(IdempotentRequests.REPLAYED, "true");
        }
        return answer.body(body.getBytes(StandardCharsets.UTF_8));
    }

    private DropView view(UUID id) {
        return reading.one(id).orElseThrow(() -> Problem.notFound().asException());
    }
}
