package io.openrun.catalog.adjustment;

import io.openrun.catalog.product.PlainText;
import io.openrun.catalog.product.Products;
import io.openrun.catalog.stock.ProductStock;
import io.openrun.catalog.stock.StockView;
import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A product's stock over HTTP. */
@RestController
@RequestMapping("/api/v1/products/{id}")
@Tag(name = "Products")
class StockController {

    private final Products products;
    private final ProductStock stock;
    private final AdjustStock adjustStock;
    private final IdempotentRequests requests;

    StockController(
            Products products,
            ProductStock stock,
            AdjustStock adjustStock,
            @Qualifier("catalogRequests") IdempotentRequests requests) {
        this.products = products;
        this.stock = stock;
        this.adjustStock = adjustStock;
        this.requests = requests;
    }

    @Operation(summary = "A product's stock, exact at this moment")
    @GetMapping("/stock")
    StockView stock(@PathVariable UUID id) {
        if (!products.exists(id)) {
            throw Problem.notFound().asException();
        }
        return stock.of(id);
    }

    /** {@code POST /products/{id}/stock-adjustments}. */
    record NewAdjustment(
            @NotNull @Min(-AdjustStock.MOST_UNITS) @Max(AdjustStock.MOST_UNITS)
            Long delta,

            @NotBlank @Size(max = 200) @PlainText String reason) {}

    @Operation(summary = "Add units or take units away, and say why (ADMIN)")
    @PostMapping("/stock-adjustments")
    ResponseEntity<?> adjust(
            @PathVariable UUID id,
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestBody @Valid NewAdjustment adjustment) {
        if (adjustment.delta() == 0) {
            throw Problem.invalid("delta", "must not be 0").asException();
        }
        var request = new AdjustStock.Request(id, adjustment.delta(), adjustment.reason());
        return requests.once(
                key, caller.userId(), "POST /products/stock-adjustments", request, () -> switch (adjustStock.adjust(
                        request, caller.userId())) {
                    case AdjustStock.Outcome.Adjusted(var after) ->
                        ResponseEntity.status(HttpStatus.CREATED).body(after);
                    case AdjustStock.Outcome.WouldBeNegative(var remaining) ->
                        throw Problem.conflict("STOCK_WOULD_BE_NEGATIVE", remaining)
                                .with("remaining", remaining)
                                .asException();
                    case AdjustStock.Outcome.TooMany() ->
                        throw Problem.of(422, "STOCK_TOO_LARGE", AdjustStock.MOST_UNITS)
                                .asException();
                    case AdjustStock.Outcome.UnknownProduct() ->
                        throw Problem.notFound().asException();
                });
    }
}
