package io.openrun.payment.card;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The simulated card network's mood; see {@link CardSettings} for what each part means.
 *
 * @param successProbability 0–1
 * @param latencyMinMillis at least 0
 * @param latencyMaxMillis at least the minimum, at most a minute
 * @param timeoutProbability 0–1
 * @param lateProbability 0–1
 * @param lateDelayMillis at most an hour
 */
public record CardBehaviour(
        @DecimalMin("0") @DecimalMax("1") double successProbability,
        @Min(0) long latencyMinMillis,
        @Max(60_000) long latencyMaxMillis,
        @DecimalMin("0") @DecimalMax("1") double timeoutProbability,
        @DecimalMin("0") @DecimalMax("1") double lateProbability,
        @Min(0) @Max(3_600_000) long lateDelayMillis) {

    /** Whether the latency is a range. */
    @AssertTrue(message = "latencyMinMillis must not be over latencyMaxMillis")
    boolean isLatencyRange() {
        return latencyMinMillis <= latencyMaxMillis;
    }
}
