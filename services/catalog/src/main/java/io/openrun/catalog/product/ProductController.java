package io.openrun.catalog.product;

import com.github.f4b6a3.uuid.UuidCreator;
import io.openrun.platform.idempotency.IdempotentRequests;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.platform.web.Cursor;
import io.openrun.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Products over HTTP: everybody looks, administrators change. */
@RestController
@RequestMapping("/api/v1/products")
@Tag(name = "Products")
class ProductController {

    private final ListProducts listProducts;
    private final ShowProduct showProduct;
    private final CreateProduct createProduct;
    private final EditProduct editProduct;
    private final DeleteProduct deleteProduct;
    private final DetailsPatch detailsPatch;
    private final IdempotentRequests requests;

    ProductController(
            ListProducts listProducts,
            ShowProduct showProduct,
            CreateProduct createProduct,
            EditProduct editProduct,
            DeleteProduct deleteProduct,
            DetailsPatch detailsPatch,
            @Qualifier("catalogRequests") IdempotentRequests requests) {
        this.listProducts = listProducts;
        this.showProduct = showProduct;
        this.createProduct = createProduct;
        this.editProduct = editProduct;
        this.deleteProduct = deleteProduct;
        this.detailsPatch = detailsPatch;
        this.requests = requests;
    }

    @Operation(summary = "Products, found by words and category")
    @GetMapping
    Page<ProductView> list(
            @RequestParam(required = false) @Nullable @Size(max = 200) @PlainText String query,
            @RequestParam(required = false) @Nullable @Size(max = 200) @PlainText String category,
            @RequestParam(defaultValue = "newest") String sort,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var order = ProductSort.of(sort)
                .orElseThrow(() -> Problem.invalid("sort", "must be newest, price, -price or name")
                        .asException());
        return listProducts.list(
                new ListProducts.Search(query, category, order, place(order, cursor), Cursor.limit(limit)));
    }

    private static ProductSort.@Nullable Place place(ProductSort sort, @Nullable String cursor) {
        var position = Cursor.decode(cursor);
        var place = position == null ? null : sort.place(position);
        if (position != null && place == null) {
            throw Problem.invalid("cursor", "is not a cursor from this list").asException();
        }
        return place;
    }

    @Operation(summary = "One product, with its exact stock and the drop it is in")
    @GetMapping("/{id}")
    ProductPage one(@PathVariable UUID id) {
        return showProduct.show(id).orElseThrow(() -> Problem.notFound().asException());
    }

    @Operation(summary = "Put a product on the shelf (ADMIN)")
    @PostMapping
    ResponseEntity<?> create(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestBody @Valid NewProduct product) {
        return requests.once(key, caller.userId(), "POST /products", product, () -> {
            var id = UuidCreator.getTimeOrderedEpoch();
            createProduct.create(id, product.details(), product.quantity());
            return ResponseEntity.created(URI.create("/api/v1/products/" + id)).body(one(id));
        });
    }

    @Operation(
            summary = "Change what is given, leave what is not (ADMIN)",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ProductDetails.class))))
    @PatchMapping("/{id}")
    ProductPage edit(@PathVariable UUID id, @RequestBody ObjectNode patch) {
        if (!editProduct.edit(id, now -> detailsPatch.over(now, patch))) {
            throw Problem.notFound().asException();
        }
        return one(id);
    }

    @Operation(summary = "Take a product off the shelf (ADMIN)")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable UUID id) {
        return switch (deleteProduct.delete(id)) {
            case DELETED -> ResponseEntity.noContent().build();
            case IN_DROP -> throw Problem.conflict("PRODUCT_IN_DROP").asException();
            case UNKNOWN -> throw Problem.notFound().asException();
        };
    }
}
