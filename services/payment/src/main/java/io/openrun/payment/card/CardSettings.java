package io.openrun.payment.card;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the simulated card network behaves from the start.
 *
 * @param successProbability of a charge being approved; {@code OPENRUN_CARD_SUCCESS} sets it
 * @param latencyMin the quickest answer
 * @param latencyMax the slowest ordinary answer
 * @param timeoutProbability of the request or its answer getting lost
 * @param lateProbability of the decision, and the answer, coming only after {@code lateDelay}
 * @param lateDelay how late a late answer is
 * @param answerTimeout how long we wait for an answer
 * @param seed makes a sequence of answers repeatable; none in production
 */
@Validated
@ConfigurationProperties("openrun.payment.card")
record CardSettings(
        @DefaultValue("0.95") @DecimalMin("0") @DecimalMax("1")
        double successProbability,

        @DefaultValue("5ms") Duration latencyMin,
        @DefaultValue("30ms") Duration latencyMax,
        @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double timeoutProbability,
        @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double lateProbability,
        @DefaultValue("5s") Duration lateDelay,
        @DefaultValue("2s") Duration answerTimeout,
        @Nullable Long seed) {

    /** Whether the latency is a range. */
    @AssertTrue(message = "latency-min must not be over latency-max")
    boolean isLatencyRange() {
        return latencyMin.compareTo(latencyMax) <= 0;
    }

    CardBehaviour behaviour() {
        return new CardBehaviour(
                successProbability,
                latencyMin.toMillis(),
                latencyMax.toMillis(),
                timeoutProbability,
                lateProbability,
                lateDelay.toMillis());
    }
}
