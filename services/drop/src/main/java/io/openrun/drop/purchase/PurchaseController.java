package io.openrun.drop.purchase;

import io.openrun.drop.admission.PurchaseBody;
import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.Problems;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Page;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HolderId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Purchases on the main port, for those who have time: the same use case and the same bytes as on the fast lane. */
@RestController
@Tag(name = "Purchases")
class PurchaseController {

    /** The engine answers within its own bounds; this one only ends what a bug would leave hanging. */
    private static final long MAX_WAIT_SECONDS = 60;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final PurchaseDrop purchaseDrop;
    private final PurchaseBody purchaseBody;
    private final PurchaseAnswers answers;
    private final MyPurchases myPurchases;

    PurchaseController(
            PurchaseDrop purchaseDrop, PurchaseBody purchaseBody, PurchaseAnswers answers, MyPurchases myPurchases) {
        this.purchaseDrop = purchaseDrop;
        this.purchaseBody = purchaseBody;
        this.answers = answers;
        this.myPurchases = myPurchases;
    }

    @Operation(
            summary = "Buy; also answered by the fast lane's port",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = PurchaseBody.Purchase.class))))
    @PostMapping(path = "/api/v1/drops/{id}/purchases", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> purchase(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage,
            @RequestBody(required = false) byte @Nullable [] body) {
        if (key != null && !HoldRequest.isKey(key)) {
            throw Problem.of(400, "IDEMPOTENCY_KEY_INVALID").asException();
        }
        int quantity = purchaseBody.quantity(body == null ? new byte[0] : body);
        var outcome = await(id, new HolderId(caller.userId()), quantity, key);
        return http(answers.answer(id, outcome, Problems.language(acceptLanguage)));
    }

    @Operation(summary = "My purchases in this drop, the newest first")
    @GetMapping("/api/v1/drops/{id}/purchases/mine")
    Page<MyPurchases.Purchase> mine(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return myPurchases
                .of(new HolderId(caller.userId()), id, MyPurchases.Part.of(limit, cursor))
                .orElseThrow(() -> Problem.notFound().asException());
    }

    private PurchaseOutcome await(UUID id, HolderId buyer, int quantity, @Nullable String key) {
        try {
            return purchaseDrop.purchase(buyer, id, quantity, key).get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PurchaseOutcome.Busy(TRY_AGAIN);
        } catch (TimeoutException e) {
            return new PurchaseOutcome.Busy(TRY_AGAIN);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a purchase failed", e.getCause());
        }
    }

    private static ResponseEntity<byte[]> http(Answer answer) {
        var response = ResponseEntity.status(answer.status())
                .contentType(answer.isProblem() ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        if (answer.language() != null) {
            response.header(HttpHeaders.CONTENT_LANGUAGE, answer.language().toLanguageTag());
        }
        if (answer.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        if (answer.retryAfterMillis() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(answer.retryAfterSeconds()));
        }
        return response.body(answer.body());
    }
}
