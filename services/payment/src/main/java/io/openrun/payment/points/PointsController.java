package io.openrun.payment.points;

import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's points. */
@Tag(name = "Points")
@RestController
@RequestMapping("/api/v1/points")
class PointsController {

    private final Wallets wallets;
    private final ChargePoints chargePoints;
    private final ChargeTurns turns;
    private final IdempotentRequests requests;

    PointsController(
            Wallets wallets,
            ChargePoints chargePoints,
            ChargeTurns turns,
            @Qualifier("paymentsRequests") IdempotentRequests requests) {
        this.wallets = wallets;
        this.chargePoints = chargePoints;
        this.turns = turns;
        this.requests = requests;
    }

    @GetMapping
    Balance balance(@AuthenticationPrincipal Caller caller) {
        return new Balance(wallets.balance(caller.userId()));
    }

    @GetMapping("/entries")
    Page<PointsEntry> entries(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var rows = wallets.entries(caller.userId(), Cursor.decodeId(cursor), Cursor.limit(limit) + 1);
        return Page.of(rows, limit, entry -> entry.id().toString());
    }

    @PostMapping("/charges")
    ResponseEntity<?> charge(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody ChargeRequest request) {
        return turns.inTurn(
                caller.userId(),
                () -> requests.once(
                        key,
                        caller.userId(),
                        "POST /points/charges",
                        request,
                        () -> answer(chargePoints.charge(caller.userId(), request.amount()))));
    }

    private static ResponseEntity<?> answer(ChargeResult result) {
        return switch (result) {
            case ChargeResult.Charged charged ->
                ResponseEntity.status(HttpStatus.CREATED).body(charged);
            case ChargeResult.WalletFull full ->
                throw Problem.of(422, "WALLET_FULL").asException();
        };
    }

    /** {@code {balance}}. */
    record Balance(long balance) {}

    /** {@code {amount}}. */
    record ChargeRequest(@NotNull @Min(1) Long amount) {}
}
