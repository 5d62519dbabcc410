package io.openrun.user.demo;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

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

    /** Written by the request's own thread: an asynchronous answer would be cut off after 30 s. */
    @PostMapping("/internal/demo/shoppers")
    void shoppers(@Valid @RequestBody Crowd crowd, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        shoppers.write(crowd.count, response.getOutputStream());
    }
}
