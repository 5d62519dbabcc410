package io.openrun.drop;

import io.openrun.drop.lane.FastLane;
import io.openrun.drop.lane.LaneSettings;
import io.openrun.platform.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a storefront must know before it can do anything. */
@RestController
@Tag(name = "Configuration")
class ShopConfigController {

    private static final String CURRENCY = "KRW";

    private final LaneSettings settings;
    private final FastLane lane;
    private final boolean demo;

    ShopConfigController(LaneSettings settings, FastLane lane, @Value("${openrun.demo:false}") boolean demo) {
        this.settings = settings;
        this.lane = lane;
        this.demo = demo;
    }

    /**
     * The shop's configuration.
     *
     * @param fastLaneUrl where purchases are answered fastest
     * @param currency of all money, which is in its minor unit
     * @param languages that answers can be in
     * @param demo whether there are demonstration accounts, and an inbox that shows every mail
     */
    record ShopConfig(String fastLaneUrl, String currency, List<String> languages, boolean demo) {}

    @Operation(summary = "What the storefront needs to know")
    @GetMapping("/api/v1/config")
    ShopConfig config(HttpServletRequest request) {
        var languages = Problems.LANGUAGES.stream().map(Locale::toLanguageTag).toList();
        return new ShopConfig(fastLaneUrl(request), CURRENCY, languages, demo);
    }

    private String fastLaneUrl(HttpServletRequest request) {
        return settings.publicUrl() != null
                ? settings.publicUrl()
                : request.getScheme() + "://" + request.getServerName() + ":" + lane.port();
    }
}
