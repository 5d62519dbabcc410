package io.openrun.drop.schedule;

import io.openrun.platform.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators send about drops, and the bounds it must keep. */
final class DropRequests {

    /** The most units of a drop; one move out of a product's stock carries no more. */
    static final long MAX_QUANTITY = 1_000_000_000L;

    /** The highest price of a unit, in the minor unit; a whole purchase stays within 64 bits. */
    static final long MAX_PRICE = 1_000_000_000_000L;

    static final int MAX_PER_USER = 1_000;
    static final int MIN_PAYMENT_WINDOW_SECONDS = 1;
    static final int MAX_PAYMENT_WINDOW_SECONDS = 86_400;
    static final int DEFAULT_PAYMENT_WINDOW_SECONDS = 600;
    static final int MAX_TITLE_LENGTH = 200;

    /** How far a window may reach into the past and into the future. */
    static final Duration FARTHEST = Duration.ofDays(100 * 365);

    private static final String TEXT = "(?=.*\\S)[^\\p{Cntrl}\\p{Cs}]*";

    private DropRequests() {}

    /** {@code POST /drops}. */
    record Schedule(
            @NotNull UUID productId,

            @NotNull @Size(min = 1, max = MAX_TITLE_LENGTH) @Pattern(regexp = TEXT, message = "must be plain text")
            String title,

            @NotNull @Min(1) @Max(MAX_QUANTITY) Long quantity,
            @NotNull @Min(0) @Max(MAX_PRICE) Long price,
            @NotNull @Min(1) @Max(MAX_PER_USER) Integer perUserLimit,
            @NotNull Instant opensAt,
            @NotNull Instant closesAt,

            @Min(MIN_PAYMENT_WINDOW_SECONDS) @Max(MAX_PAYMENT_WINDOW_SECONDS) @Nullable
            Integer paymentWindowSeconds,

            @Size(max = 40) @Nullable String strategy) {

        DropPlan plan() {
            return new DropPlan(
                    productId,
                    title,
                    quantity,
                    price,
                    perUserLimit,
                    opensAt,
                    closesAt,
                    paymentWindowSeconds == null ? DEFAULT_PAYMENT_WINDOW_SECONDS : paymentWindowSeconds,
                    strategy);
        }
    }

    /** {@code PATCH /drops/{id}}: what is absent or null stays as it is. */
    record Change(
            @Size(min = 1, max = MAX_TITLE_LENGTH) @Pattern(regexp = TEXT, message = "must be plain text") @Nullable
            String title,

            @Min(0) @Max(MAX_PRICE) @Nullable Long price,
            @Min(1) @Max(MAX_PER_USER) @Nullable Integer perUserLimit,
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,

            @Min(MIN_PAYMENT_WINDOW_SECONDS) @Max(MAX_PAYMENT_WINDOW_SECONDS) @Nullable
            Integer paymentWindowSeconds) {

        DropPlan applyTo(DropPlan plan) {
            return new DropPlan(
                    plan.productId(),
                    title == null ? plan.title() : title,
                    plan.quantity(),
                    price == null ? plan.price() : price,
                    perUserLimit == null ? plan.perUserLimit() : perUserLimit,
                    opensAt == null ? plan.opensAt() : opensAt,
                    closesAt == null ? plan.closesAt() : closesAt,
                    paymentWindowSeconds == null ? plan.paymentWindowSeconds() : paymentWindowSeconds,
                    plan.strategy());
        }
    }

    /** {@code POST /drops/{id}/cancel}: there is nothing to say but that. */
    record Cancel() {}

    /** The window must be one, must not be over, and must not be absurd. */
    static void checkWindow(DropPlan plan, Instant now) {
        if (plan.opensAt().isBefore(now.minus(FARTHEST)) || plan.opensAt().isAfter(now.plus(FARTHEST))) {
            throw Problem.invalid("opensAt", "must be within a hundred years from now")
                    .asException();
        }
        if (!plan.closesAt().isAfter(plan.opensAt())) {
            throw Problem.invalid("closesAt", "must be after opensAt").asException();
        }
        if (!plan.closesAt().isAfter(now)) {
            throw Problem.invalid("closesAt", "must be in the future").asException();
        }
        if (plan.closesAt().isAfter(now.plus(FARTHEST))) {
            throw Problem.invalid("closesAt", "must be within a hundred years from now")
                    .asException();
        }
    }
}
