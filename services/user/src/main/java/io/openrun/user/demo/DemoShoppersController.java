package io.openrun.user.demo;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Demonstration shoppers over HTTP, for the launcher only: one line {@code userId accessToken} each. */
@RestController
@ConditionalOnProperty(name = "openrun.demo", havingValue = "true")
class DemoShoppersController {

    private final DemoShoppers shoppers;

    DemoShoppersController(DemoShoppers shoppers) {
        this.shoppers = shoppers;
    }

    record Crowd(
            @NotNull @Min(1) @Max(DemoShoppers.MAX_COUNT) Integer count) {}

    @PostMapping("/internal/demo/shoppers")
    ResponseEntity<StreamingResponseBody> shoppers(@Valid @RequestBody Crowd crowd) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(out -> shoppers.write(crowd.count, out));
    }
}
