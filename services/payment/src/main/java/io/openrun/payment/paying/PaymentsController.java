package io.openrun.payment.paying;

import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's payments. */
@Tag(name = "Payments")
@RestController
@RequestMapping("/api/v1/payments")
class PaymentsController {

    private static final UUID NEWEST = new UUID(-1, -1);

    private final Orders orders;
    private final EnterPayment enterPayment;
    private final ConfirmPayment confirmPayment;
    private final Payments payments;
    private final IdempotentRequests requests;

    PaymentsController(
            Orders orders,
            EnterPayment enterPayment,
            ConfirmPayment confirmPayment,
            Payments payments,
            @Qualifier("paymentsRequests") IdempotentRequests requests) {
        this.orders = orders;
        this.enterPayment = enterPayment;
        this.confirmPayment = confirmPayment;
        this.payments = payments;
        this.requests = requests;
    }

    @PostMapping
    ResponseEntity<?> enter(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody EnterRequest request) {
        IdempotentRequests.refuseMalformed(key);
        var order = orders.find(request.orderId());
        return requests.once(
                key,
                caller.userId(),
                "POST /payments",
                request,
                () -> answer(enterPayment.enter(caller.userId(), order, request.method())));
    }

    private static ResponseEntity<?> answer(EnterResult result) {
        return switch (result) {
            case EnterResult.Entered entered ->
                ResponseEntity.status(HttpStatus.CREATED).body(PaymentView.of(entered.payment()));
            case EnterResult.NoSuchOrder none -> throw Problem.notFound().asException();
            case EnterResult.NotPayable not ->
                throw Problem.conflict("ORDER_NOT_PAYABLE", not.status())
                        .with("orderStatus", not.status())
                        .asException();
            case EnterResult.TryLater later ->
                throw Problem.busy(503, later.retryAfter()).asException();
        };
    }

    /**
     * Confirming is idempotent by itself. A key adds that a final answer, once given, is given again byte for byte,
     * whatever became of the payment since; an answer of PENDING is never kept.
     */
    @PostMapping("/{id}/confirm")
    ResponseEntity<?> confirm(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable ConfirmRequest request) {
        IdempotentRequests.refuseMalformed(key);
        var result = confirmPayment.confirm(caller.userId(), id);
        var pending = result instanceof ConfirmResult.Confirmed confirmed
                && confirmed.payment().status() == PaymentStatus.PENDING;
        return requests.once(
                pending ? null : key,
                caller.userId(),
                "POST /payments/" + id + "/confirm",
                Objects.requireNonNullElse(request, new ConfirmRequest()),
                () -> answer(result));
    }

    private static ResponseEntity<?> answer(ConfirmResult result) {
        return switch (result) {
            case ConfirmResult.Confirmed confirmed -> ResponseEntity.ok(PaymentView.confirmed(confirmed.payment()));
            case ConfirmResult.NotConfirmable not ->
                throw Problem.conflict("PAYMENT_NOT_CONFIRMABLE", not.status())
                        .with("paymentStatus", not.status())
                        .asException();
            case ConfirmResult.NoSuchPayment none -> throw Problem.notFound().asException();
        };
    }

    @GetMapping("/{id}")
    PaymentView one(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
        return payments.findByIdAndUserId(id, caller.userId())
                .map(PaymentView::of)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    @GetMapping
    Page<PaymentView> mine(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable UUID orderId,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var before = Objects.requireNonNullElse(Cursor.decodeId(cursor), NEWEST);
        var most = Limit.of(Cursor.limit(limit) + 1);
        var rows = orderId == null
                ? payments.findByUserIdAndIdLessThanOrderByIdDesc(caller.userId(), before, most)
                : payments.findByUserIdAndOrderIdAndIdLessThanOrderByIdDesc(caller.userId(), orderId, before, most);
        return Page.of(rows, limit, payment -> payment.id().toString()).map(PaymentView::of);
    }

    /** {@code {orderId, method}}; what it costs is the order's to say. */
    record EnterRequest(@NotNull UUID orderId, @NotNull PaymentMethod method) {}

    /** There is nothing to say but that. */
    record ConfirmRequest() {}
}
