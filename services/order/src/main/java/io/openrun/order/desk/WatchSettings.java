package io.openrun.order.desk;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are watched ({@code openrun.order.watch.*}).
 *
 * @param maxWatchers the most streams at once; one more is told to come back later
 * @param maxPerShopper the most of them that one shopper has
 * @param poll how often to look for changes other instances made
 * @param heartbeat how often a silent stream says that it is alive
 * @param maxAge after which a stream ends and its reader connects again
 */
@Validated
@ConfigurationProperties("openrun.order.watch")
public record WatchSettings(
        @DefaultValue("1000") @Min(1) int maxWatchers,
        @DefaultValue("10") @Min(1) int maxPerShopper,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("10m") Duration maxAge) {}
