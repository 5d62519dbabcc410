package io.openrun.drop.engine;

import io.openrun.stock.StockLedgers;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How drops use the engine.
 *
 * @param strategy who decides about drops that do not name a strategy
 * @param maxConnections the writers' connections, one to listen on, and some for the relay, for expiry and for
 *     strategies that decide one by one
 * @param minIdleConnections kept open when there is nothing to do
 * @param connectionTimeout how long a sale waits for a connection before it is told that the shop is busy
 */
@Validated
@ConfigurationProperties("openrun.drop")
public record EngineSettings(
        @DefaultValue("group-commit") @NotBlank String strategy,
        @DefaultValue("16") @Min(8) @Max(200) int maxConnections,
        @DefaultValue("6") @Min(0) @Max(200) int minIdleConnections,
        @DefaultValue("2s") @NotNull Duration connectionTimeout) {

    /** Services refuse to start with a strategy that does not exist. */
    @AssertTrue(message = "must be one of the engine's strategies")
    boolean isStrategyKnown() {
        return StockLedgers.NAMES.contains(strategy);
    }
}
